package io.weir.training.session;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Turns a row of the lake into the session record, as far as features and label need it. */
final class LakeSessionRow {
  private static final String FEATURES = "features";

  /** The columns that are read; the others stay empty. */
  static final List<String> COLUMNS =
      List.of(
          "session_key",
          "revision",
          "visitor_id",
          "start_time",
          "end_time",
          "entry_page",
          "is_bot",
          "is_converted",
          "device",
          "browser",
          "os",
          "country",
          "referrer_class",
          "campaign_source",
          "campaign_medium",
          "campaign_name",
          "funnel_view_time",
          "funnel_cart_time",
          "funnel_checkout_time",
          "visitor_session_number",
          "ms_since_previous_session",
          FEATURES);

  private LakeSessionRow() {}

  static Session session(Record row) {
    // No builder: its defaults ask Avro for classes, which it refuses in a process without topics.
    var session = new Session();
    session.setVisitorSessionNumber(1);
    for (String column : COLUMNS) {
      Object value = row.getField(column);
      if (column.equals(FEATURES)) {
        session.setFeatures(features((Record) value));
      } else {
        put(session, column, value);
      }
    }
    return session;
  }

  private static FeatureInputs features(@Nullable Record row) {
    var inputs = new FeatureInputs();
    if (row != null) {
      for (Schema.Field field : FeatureInputs.getClassSchema().getFields()) {
        put(inputs, field.name(), row.getField(field.name()));
      }
    }
    return inputs;
  }

  /** Sets a field; a row that is older than its column has no value. */
  private static void put(SpecificRecord record, String name, @Nullable Object value) {
    if (value != null) {
      Object plain = value instanceof OffsetDateTime time ? time.toInstant().toEpochMilli() : value;
      record.put(record.getSchema().getField(name).pos(), plain);
    }
  }
}
