package io.weir.training.session;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Turns a row of the lake into the session record, as far as features and label need it. */
final class LakeSessionRow {
  private static final String FEATURES = "features";

  private static final List<String> INPUTS =
      FeatureInputs.getClassSchema().getFields().stream().map(Schema.Field::name).toList();

  private static final List<String> PLAIN =
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
          "ms_since_previous_session");

  /** The columns that are read; the others stay empty. */
  static final List<String> COLUMNS = Stream.concat(PLAIN.stream(), Stream.of(FEATURES)).toList();

  private LakeSessionRow() {}

  static Session session(Record row) {
    var session = new Session();
    session.setVisitorSessionNumber(1);
    LakeFields.copy(row, PLAIN, session);
    session.setFeatures(features((Record) row.getField(FEATURES)));
    return session;
  }

  private static FeatureInputs features(@Nullable Record row) {
    var inputs = new FeatureInputs();
    if (row != null) {
      LakeFields.copy(row, INPUTS, inputs);
    }
    return inputs;
  }
}
