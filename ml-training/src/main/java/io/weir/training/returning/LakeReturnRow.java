package io.weir.training.returning;

import io.weir.contract.avro.Session;
import io.weir.training.session.LakeFields;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Turns a row of the lake into the session record, as far as the return model needs it. */
final class LakeReturnRow {
  private static final String REVENUE = "revenue";
  private static final int E4_DIGITS = 4;

  private static final List<String> PLAIN =
      List.of(
          "session_key",
          "revision",
          "visitor_id",
          "start_time",
          "end_time",
          "duration_ms",
          "is_bot",
          "events",
          "page_views",
          "product_views",
          "searches",
          "ad_impressions",
          "ad_clicks",
          "add_to_carts",
          "remove_from_carts",
          "checkouts",
          "purchases",
          "refunds",
          "identifies",
          "unique_pages",
          "unique_products",
          "unique_categories",
          "engaged_ms",
          "funnel_step",
          "is_converted",
          "is_cart_abandoned",
          "device",
          "browser",
          "os",
          "country",
          "referrer_class",
          "campaign_source",
          "campaign_medium",
          "campaign_name",
          "visitor_session_number",
          "ms_since_previous_session");

  /** The columns that are read; the others stay empty. */
  static final List<String> COLUMNS = Stream.concat(PLAIN.stream(), Stream.of(REVENUE)).toList();

  private LakeReturnRow() {}

  static Session session(Record row) {
    var session = new Session();
    session.setVisitorSessionNumber(1);
    LakeFields.copy(row, PLAIN, session);
    session.setRevenueE4(amounts(row.getField(REVENUE)));
    return session;
  }

  /** The amounts in ten-thousandths; null where the row is older than the column. */
  private static @Nullable Map<String, Long> amounts(@Nullable Object byCurrency) {
    if (!(byCurrency instanceof Map<?, ?> map)) {
      return null;
    }
    var amounts = new HashMap<String, Long>();
    map.forEach((currency, amount) ->
        amounts.put(
            currency.toString(), ((BigDecimal) amount).movePointRight(E4_DIGITS).longValueExact()));
    return amounts;
  }
}
