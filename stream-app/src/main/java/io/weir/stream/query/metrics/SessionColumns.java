package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Dimension;
import io.weir.stream.gold.Measure;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The expressions over {@code bi.fact_session} that are the dimensions and the measures of
 * sessions. A new dimension takes a line here.
 */
final class SessionColumns {
  private static final Map<Dimension, String> DIMENSIONS = new EnumMap<>(Dimension.class);
  private static final Map<Measure, String> MEASURES = new EnumMap<>(Measure.class);

  static {
    DIMENSIONS.put(Dimension.ALL, "''::text");
    DIMENSIONS.put(Dimension.DEVICE, text("device"));
    DIMENSIONS.put(Dimension.BROWSER, text("browser"));
    DIMENSIONS.put(Dimension.OS, text("os"));
    DIMENSIONS.put(Dimension.COUNTRY, text("country"));
    DIMENSIONS.put(Dimension.CITY, text("city"));
    DIMENSIONS.put(Dimension.CAMPAIGN, text("campaign_name"));
    DIMENSIONS.put(Dimension.SOURCE, text("campaign_source"));
    DIMENSIONS.put(Dimension.MEDIUM, text("campaign_medium"));
    DIMENSIONS.put(Dimension.REFERRER_CLASS, text("referrer_class"));
    DIMENSIONS.put(Dimension.LANDING_PAGE, text("entry_page"));
    DIMENSIONS.put(Dimension.EXIT_PAGE, text("exit_page"));
    DIMENSIONS.put(
        Dimension.VISITOR_TYPE,
        "CASE WHEN visitor_session_number = 1 THEN 'new' ELSE 'returning' END");
    DIMENSIONS.put(Dimension.APP, text("app_id"));

    MEASURES.put(Measure.SESSIONS, "1");
    MEASURES.put(Measure.CONVERTED_SESSIONS, "is_converted::int");
    MEASURES.put(Measure.BOUNCED_SESSIONS, "is_bounce::int");
    MEASURES.put(Measure.CART_SESSIONS, "(add_to_carts > 0)::int");
    MEASURES.put(Measure.CHECKOUT_SESSIONS, "(checkouts > 0)::int");
    MEASURES.put(Measure.ABANDONED_SESSIONS, "is_cart_abandoned::int");
    MEASURES.put(Measure.DURATION_MS, "duration_ms");
    MEASURES.put(Measure.EVENTS, "events");
    MEASURES.put(Measure.PAGE_VIEWS, "page_views");
    MEASURES.put(Measure.PRODUCT_VIEWS, "product_views");
    MEASURES.put(Measure.SEARCHES, "searches");
    MEASURES.put(Measure.AD_IMPRESSIONS, "ad_impressions");
    MEASURES.put(Measure.AD_CLICKS, "ad_clicks");
    MEASURES.put(Measure.MATCHED_CLICKS, "matched_clicks");
    MEASURES.put(Measure.ADD_TO_CARTS, "add_to_carts");
    MEASURES.put(Measure.REMOVE_FROM_CARTS, "remove_from_carts");
    MEASURES.put(Measure.CHECKOUTS, "checkouts");
    MEASURES.put(Measure.PURCHASES, "purchases");
    MEASURES.put(Measure.REFUNDS, "refunds");
    MEASURES.put(Measure.LATE_EVENTS, "late_events");
    MEASURES.put(
        Measure.GOAL_EVENTS,
        "(SELECT sum((goal.value ->> 'events')::bigint) FROM jsonb_each(goals) AS goal)");
    MEASURES.put(Measure.GOAL_SESSIONS, "(goals <> '{}')::int");
  }

  private SessionColumns() {}

  /**
   * The text of a column as gold keeps values: cut behind the last whole character of 512 bytes.
   */
  private static String text(String column) {
    String bytes = "convert_to(" + column + ", 'UTF8')";
    // A byte 10xxxxxx is not the first one of its character.
    return """
    CASE WHEN octet_length(%1$s) > 512 THEN convert_from(substring(%2$s FOR CASE
    WHEN get_byte(%2$s, 512) & 192 <> 128 THEN 512 WHEN get_byte(%2$s, 511) & 192 <> 128 THEN 511
    WHEN get_byte(%2$s, 510) & 192 <> 128 THEN 510 ELSE 509 END), 'UTF8')
    ELSE coalesce(%1$s, '') END\
    """
        .formatted(column, bytes);
  }

  static boolean has(Dimension dimension) {
    return DIMENSIONS.containsKey(dimension);
  }

  /** The value of a dimension. */
  static String of(Dimension dimension) {
    return found(DIMENSIONS.get(dimension), dimension.code());
  }

  /** The number that a session adds to a measure. */
  static String of(Measure measure) {
    return found(MEASURES.get(measure), measure.field());
  }

  private static String found(@Nullable String expression, String name) {
    if (expression == null) {
      throw new IllegalArgumentException("sessions have no column for " + name);
    }
    return expression;
  }
}
