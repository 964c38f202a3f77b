package io.weir.scoring.registry;

import io.weir.scoring.model.Model;
import java.time.Instant;
import java.util.Optional;

/**
 * A model in use and what it is called.
 *
 * @param card the model's card, a JSON document, where one lies beside the model
 */
public record LoadedModel(
    Model model,
    String name,
    String version,
    int trees,
    String source,
    Instant loadedAt,
    Optional<String> card) {}
