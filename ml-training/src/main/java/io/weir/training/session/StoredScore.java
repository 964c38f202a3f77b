package io.weir.training.session;

import io.weir.contract.avro.ScoreReason;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * A score as the lake has it.
 *
 * @param revision of the session that was scored
 * @param start of the session, epoch milliseconds
 * @param scoredAt epoch milliseconds
 * @param reasons empty if they were not asked for, or the row is older than they are
 */
public record StoredScore(
    String sessionKey,
    int revision,
    double score,
    ModelVersion model,
    long start,
    long scoredAt,
    List<ScoreReason> reasons) {
  /** The columns that say how good a score is. */
  static final List<String> SHORT =
      List.of(
          "session_key",
          "session_revision",
          "conversion_score",
          "model_name",
          "model_version",
          "session_start",
          "scored_at");

  static final List<String> ALL = with("reasons");

  public StoredScore {
    reasons = List.copyOf(reasons);
  }

  private static List<String> with(String column) {
    var columns = new ArrayList<>(SHORT);
    columns.add(column);
    return List.copyOf(columns);
  }

  static StoredScore of(Record row) {
    return new StoredScore(
        (String) row.getField("session_key"),
        (Integer) row.getField("session_revision"),
        (Double) row.getField("conversion_score"),
        new ModelVersion(
            (String) row.getField("model_name"), (String) row.getField("model_version")),
        millis(row, "session_start"),
        millis(row, "scored_at"),
        reasons(row.getField("reasons")));
  }

  private static long millis(Record row, String column) {
    return ((OffsetDateTime) row.getField(column)).toInstant().toEpochMilli();
  }

  private static List<ScoreReason> reasons(@Nullable Object list) {
    var reasons = new ArrayList<ScoreReason>();
    if (list instanceof List<?> rows) {
      for (Object each : rows) {
        Record row = (Record) each;
        reasons.add(
            new ScoreReason(
                (String) row.getField("feature"),
                (String) row.getField("value"),
                (Double) row.getField("contribution")));
      }
    }
    return reasons;
  }
}
