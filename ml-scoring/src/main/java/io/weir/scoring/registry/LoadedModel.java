package io.weir.scoring.registry;

import io.weir.scoring.model.Model;
import java.time.Instant;
import java.util.Optional;

/**
 * A model in use and its names.
 *
 * @param card the report of the training, a JSON document, if one lies beside the model
 */
public record LoadedModel(
    Model model,
    String name,
    String version,
    int trees,
    String source,
    Instant loadedAt,
    Optional<String> card) {}
