package io.weir.lake.table;

import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The tables of the lake. */
public final class LakeTables {
  private static final Set<String> EVENT_TIMES =
      Set.of("event_time", "device_time", "sent_at", "received_at", "append_time");

  private static final Set<String> SESSION_TIMES =
      Set.of(
          "start_time",
          "end_time",
          "funnel_view_time",
          "funnel_cart_time",
          "funnel_checkout_time",
          "funnel_purchase_time");

  private static final FileLayout EVENT_LAYOUT =
      new FileLayout(
          Set.of(
              "event_id",
              "event_time",
              "device_time",
              "sent_at",
              "received_at",
              "append_time",
              "raw_offset"),
          Set.of("visitor_id"));

  /**
   * The field that marks a retraction. It is a column of {@link #SESSION_CHANGES} only, because the
   * other tables have no retracted rows.
   */
  public static final String RETRACTED = "is_retracted";

  /** The raw topic, byte for byte. */
  public static final TableSpec RAW_EVENTS =
      new TableSpec(
          "bronze",
          "raw_events",
          rawColumns(),
          "append_time",
          Set.of(),
          Map.of(),
          new FileLayout(Set.of("value", "offset", "append_time", "ingest_time"), Set.of()));

  public static final TableSpec REJECTED =
      spec(
          "bronze.rejected",
          RejectedRecord.getClassSchema(),
          "append_time",
          Set.of("append_time"),
          new FileLayout(Set.of("value", "raw_offset", "append_time"), Set.of()));

  public static final TableSpec EVENTS =
      spec(
          "silver.events", EnrichedEvent.getClassSchema(), "event_time", EVENT_TIMES, EVENT_LAYOUT);

  public static final TableSpec LATE =
      spec("silver.late", EnrichedEvent.getClassSchema(), "event_time", EVENT_TIMES, EVENT_LAYOUT);

  /** The products of {@link #EVENTS}, for tools that do not read lists. */
  public static final TableSpec EVENT_PRODUCTS =
      new TableSpec(
          "silver",
          "event_products",
          EventProducts.columns(),
          "event_time",
          Set.of(),
          Map.of(),
          new FileLayout(
              Set.of("event_id", "event_time", "raw_offset"), Set.of("visitor_id", "product_id")));

  private static final Set<String> UNIQUE_IN_SESSIONS =
      Set.of("session_key", "start_time", "end_time", "duration_ms");

  public static final TableSpec SESSIONS =
      spec(
          "silver.sessions",
          Session.getClassSchema(),
          "start_time",
          SESSION_TIMES,
          new FileLayout(UNIQUE_IN_SESSIONS, Set.of("session_key", "visitor_id")));

  /**
   * Every revision and retraction of {@link #SESSIONS}, marked by {@link #RETRACTED}. Its files
   * stay open while rows come, so they have one bloom filter only.
   */
  public static final TableSpec SESSION_CHANGES =
      SessionChanges.spec(
          "start_time",
          SESSION_TIMES,
          new FileLayout(
              Set.of("session_key", "start_time", "end_time", "duration_ms", "change_offset"),
              Set.of("session_key")));

  public static final TableSpec SCORES =
      spec(
          "silver.scores",
          Score.getClassSchema(),
          "session_start",
          Set.of("session_start", "scored_at"),
          new FileLayout(
              Set.of("session_key", "session_start", "scored_at", "conversion_score"),
              Set.of("session_key", "visitor_id")));

  /** One row per scored ad impression; impressions are never retracted. */
  public static final TableSpec AD_SCORES =
      spec(
          "silver.ad_scores",
          ClickScore.getClassSchema(),
          "event_time",
          Set.of("event_time", "scored_at"),
          new FileLayout(
              Set.of("event_id", "event_time", "scored_at", "click_score"), Set.of("visitor_id")));

  /** One row per session that the return model scored, at its newest revision. */
  public static final TableSpec RETURN_SCORES =
      spec(
          "silver.return_scores",
          ReturnScore.getClassSchema(),
          "session_start",
          Set.of("session_start", "session_end", "scored_at"),
          new FileLayout(
              Set.of("session_key", "session_start", "session_end", "scored_at", "return_score"),
              Set.of("session_key", "visitor_id")));

  /** The retracted sessions, remembered so that no older revision brings one back. */
  public static final TableSpec RETRACTED_SESSIONS = retracted("retracted_sessions");

  public static final TableSpec RETRACTED_SCORES = retracted("retracted_scores");

  public static final TableSpec RETRACTED_RETURN_SCORES = retracted("retracted_return_scores");

  private LakeTables() {}

  public static List<TableSpec> all() {
    return List.of(
        RAW_EVENTS,
        REJECTED,
        EVENTS,
        LATE,
        EVENT_PRODUCTS,
        SESSIONS,
        SESSION_CHANGES,
        SCORES,
        AD_SCORES,
        RETURN_SCORES,
        RETRACTED_SESSIONS,
        RETRACTED_SCORES,
        RETRACTED_RETURN_SCORES);
  }

  private static TableSpec spec(
      String fullName,
      org.apache.avro.Schema record,
      String dayOf,
      Set<String> times,
      FileLayout layout) {
    int point = fullName.indexOf('.');
    return new TableSpec(
        fullName.substring(0, point),
        fullName.substring(point + 1),
        AvroTypes.columns(record, times, Set.of(RETRACTED)),
        dayOf,
        times,
        AvroTypes.formerNames(record, times, Set.of(RETRACTED)),
        layout);
  }

  private static TableSpec retracted(String name) {
    Schema columns =
        new Schema(
            NestedField.required(1, "session_key", Types.StringType.get()),
            NestedField.required(2, "revision", Types.IntegerType.get()),
            NestedField.required(3, "retracted_at", Types.TimestampType.withZone()));
    return new TableSpec(
        "silver", name, columns, "retracted_at", Set.of(), Map.of(), FileLayout.PLAIN);
  }

  private static Schema rawColumns() {
    return new Schema(
        NestedField.optional(1, "key", Types.BinaryType.get()),
        NestedField.optional(2, "value", Types.BinaryType.get()),
        NestedField.required(
            3,
            "headers",
            Types.ListType.ofRequired(
                9,
                Types.StructType.of(
                    NestedField.required(10, "key", Types.StringType.get()),
                    NestedField.optional(11, "value", Types.BinaryType.get())))),
        NestedField.required(4, "topic", Types.StringType.get()),
        NestedField.required(5, "partition", Types.IntegerType.get()),
        NestedField.required(6, "offset", Types.LongType.get()),
        NestedField.required(7, "append_time", Types.TimestampType.withZone()),
        NestedField.required(8, "ingest_time", Types.TimestampType.withZone()));
  }
}
