package io.weir.training.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a model was trained on, so that they can be read again.
 *
 * @param kind what a row is, in the plural: sessions or impressions
 * @param table the table, or the name of the file
 * @param snapshot the snapshot of the table; null for a file
 * @param askedFrom the first time that was asked for, RFC 3339; null: all
 * @param askedTo the time before which sessions were asked for; null: all
 * @param from the start of the first session, RFC 3339
 * @param trainUntil the sessions to train on began before
 * @param validationUntil the sessions to stop early and to calibrate began before; later ones test
 * @param to the start of the last session
 * @param withoutEvents sessions that were left out because their features show no event: they began
 *     with the purchase, or their row is older than the features; of impressions, those whose click
 *     may still come
 * @param cuts prefixes of sessions that were learnt from, too; null: none
 */
public record TrainingSource(
    String kind,
    String table,
    @Nullable Long snapshot,
    @Nullable String askedFrom,
    @Nullable String askedTo,
    String from,
    String trainUntil,
    String validationUntil,
    String to,
    int withoutEvents,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CutReport cuts) {}
