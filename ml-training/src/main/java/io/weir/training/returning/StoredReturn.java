package io.weir.training.returning;

import io.weir.training.session.ModelVersion;
import java.util.List;
import org.apache.iceberg.data.Record;

/**
 * The score of a session by the return model as the lake has it.
 *
 * @param revision of the session that was scored
 */
public record StoredReturn(
    String sessionKey, int revision, String visitor, double score, ModelVersion model) {
  /** The columns that are read. */
  public static final List<String> COLUMNS =
      List.of(
          "session_key",
          "session_revision",
          "visitor_id",
          "return_score",
          "model_name",
          "model_version");

  public static StoredReturn of(Record row) {
    return new StoredReturn(
        (String) row.getField("session_key"),
        (Integer) row.getField("session_revision"),
        (String) row.getField("visitor_id"),
        (Double) row.getField("return_score"),
        new ModelVersion(
            (String) row.getField("model_name"), (String) row.getField("model_version")));
  }
}
