package io.weir.training.click;

import io.weir.training.session.ModelVersion;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.iceberg.data.Record;

/**
 * The score of an ad impression as the lake has it.
 *
 * @param event the id of the impression
 * @param scoredAt epoch milliseconds; a later score of the same impression replaces this one
 */
public record StoredClick(
    String event, String visitor, double score, ModelVersion model, long scoredAt) {
  /** The columns that are read. */
  public static final List<String> COLUMNS =
      List.of("event_id", "visitor_id", "click_score", "model_name", "model_version", "scored_at");

  public static StoredClick of(Record row) {
    return new StoredClick(
        (String) row.getField("event_id"),
        (String) row.getField("visitor_id"),
        (Double) row.getField("click_score"),
        new ModelVersion(
            (String) row.getField("model_name"), (String) row.getField("model_version")),
        ((OffsetDateTime) row.getField("scored_at")).toInstant().toEpochMilli());
  }
}
