package io.weir.training.artifact;

import org.jspecify.annotations.Nullable;

/**
 * The sessions that a model was trained on, so that they can be read again.
 *
 * @param table the table, or the name of the file
 * @param snapshot the snapshot of the table; null for a file
 * @param from the start of the first session, RFC 3339
 * @param trainUntil the sessions to train on began before
 * @param validationUntil the sessions to stop early and to calibrate began before; later ones test
 * @param to the start of the last session
 * @param withoutEvents sessions that were left out because their features show no event: they began
 *     with the purchase, or their row is older than the features
 */
public record TrainingSource(
    String table,
    @Nullable Long snapshot,
    String from,
    String trainUntil,
    String validationUntil,
    String to,
    int withoutEvents) {}
