package io.weir.stream.ops;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A feature that moved a score.
 *
 * @param value the value of the feature as text; null if it was not known
 * @param contribution what the feature added to the log-odds of a purchase
 */
public record ScoreReason(String feature, @Nullable String value, double contribution) {

  /** The reasons of a score, by name; a schema of scores without reasons gives none. */
  static List<ScoreReason> of(IndexedRecord score) {
    return field(score, "reasons") instanceof List<?> list
        ? list.stream().map(IndexedRecord.class::cast).map(ScoreReason::read).toList()
        : List.of();
  }

  private static ScoreReason read(IndexedRecord reason) {
    Object value = field(reason, "value");
    return new ScoreReason(
        String.valueOf(field(reason, "feature")),
        value == null ? null : value.toString(),
        field(reason, "contribution") instanceof Double number ? number : 0);
  }

  private static @Nullable Object field(IndexedRecord record, String name) {
    Schema.Field field = record.getSchema().getField(name);
    return field == null ? null : record.get(field.pos());
  }
}
