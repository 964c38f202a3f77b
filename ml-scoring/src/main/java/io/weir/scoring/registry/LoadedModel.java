package io.weir.scoring.registry;

import io.weir.model.feature.ClickRates;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.SessionRates;
import io.weir.scoring.model.Contributions;
import io.weir.scoring.model.Model;
import java.time.Instant;
import java.util.Optional;

/**
 * A model in use and its names.
 *
 * @param schema of the vectors that it scores
 * @param rates that the features of impressions need; empty for other features
 * @param sessionRates that the features of sessions need; empty for other features
 * @param contributions of the features; empty if the file does not have the weights of the training
 *     rows
 * @param card the report of the training, a JSON document, if one lies beside the model
 */
public record LoadedModel(
    Model model,
    FeatureSchema schema,
    ClickRates rates,
    SessionRates sessionRates,
    Optional<Contributions> contributions,
    String name,
    String version,
    int trees,
    String source,
    Instant loadedAt,
    Optional<String> card) {}
