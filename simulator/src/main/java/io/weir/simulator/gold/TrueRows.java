package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import io.weir.simulator.visit.Person;
import io.weir.simulator.visit.World;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of closed sessions. */
final class TrueRows {
  private static final GoldNumber[] NUMBERS = {
    GoldNumber.EVENTS,
    GoldNumber.PAGE_VIEWS,
    GoldNumber.PRODUCT_VIEWS,
    GoldNumber.SEARCHES,
    GoldNumber.AD_IMPRESSIONS,
    GoldNumber.AD_CLICKS,
    GoldNumber.ADD_TO_CARTS,
    GoldNumber.REMOVE_FROM_CARTS,
    GoldNumber.CHECKOUTS,
    GoldNumber.PURCHASES,
    GoldNumber.REFUNDS,
    GoldNumber.LATE_EVENTS,
    GoldNumber.MATCHED_CLICKS,
    GoldNumber.DURATION_MS
  };

  private static final String COLUMNS =
      TrueCells.columns(NUMBERS)
          + " end_time user_id visitor_session_number ms_since_previous_session"
          + " identifies page_pings other_events repeated_purchases unique_pages unique_products"
          + " unique_categories revenue_by_currency revenue currency refunded cart_value"
          + " entry_page exit_page referrer_class app_id campaign_source campaign_medium"
          + " campaign_name device browser os country city bot_reason is_bot is_bounce"
          + " is_converted is_cart_abandoned engaged_ms is_single_view_bounce is_engaged"
          + " funnel_step funnel_view_time funnel_cart_time funnel_checkout_time"
          + " funnel_purchase_time";

  private TrueRows() {}

  static List<Table> tables(Histories histories) {
    return List.of(all(histories), people(histories));
  }

  private static Table all(Histories histories) {
    var table = new Table("gold.session_metrics", "visitor_id start_time", COLUMNS);
    for (GoldSession session : histories.sessions()) {
      Table.Row row = table.row().text(session.person().visitor()).number(session.start());
      row.numbers(session.sums, NUMBERS).number(session.end());
      row.text(session.user()).number(session.number);
      boolean isFirst = session.previousEnd == GoldSession.NEVER;
      row.time(isFirst ? GoldSession.NEVER : session.start() - session.previousEnd);
      counts(session, row);
      money(session, row);
      origin(session, row);
      flags(session, row);
      for (int step = 0; step < 4; step++) {
        row.time(step < session.steps.length ? session.steps[step] : GoldSession.NEVER);
      }
    }
    return table;
  }

  private static void counts(GoldSession session, Table.Row row) {
    row.number(session.count(EventType.IDENTIFY)).number(session.count(EventType.PAGE_PING));
    // Each type of the simulator is one that Weir knows.
    row.number(0).number(session.repeatedPurchases());
    row.number(session.distinct(Deed::page));
    row.number(session.distinctLines(Deed.Line::product));
    row.number(session.distinctLines(Deed.Line::category));
  }

  private static void money(GoldSession session, Table.Row row) {
    Map<String, Long> revenue = session.sums.revenue.cents();
    row.money(session.sums.revenue);
    // A visitor pays in one currency.
    row.text(Decimals.cents(revenue.values().stream().findAny().orElse(0L)));
    row.text(revenue.keySet().stream().findAny().orElse(null));
    row.money(session.sums.refunded).money(session.cart.value());
  }

  private static void origin(GoldSession session, Table.Row row) {
    Deed first = session.deeds.getFirst();
    row.text(first.page()).text(session.deeds.getLast().page());
    row.text(first.referrerClass()).text(first.app());
    row.text(session.ofCampaign(World.Campaign::source));
    row.text(session.ofCampaign(World.Campaign::medium));
    row.text(session.ofCampaign(World.Campaign::name));
    Person person = session.person();
    row.text(person.machine().device()).text(person.machine().browser());
    row.text(person.os()).text(person.country()).text(person.city());
  }

  private static void flags(GoldSession session, Table.Row row) {
    row.text(session.botReason).flag(session.isBot());
    row.flag(session.deeds.size() == 1);
    row.flag(session.sums.get(GoldNumber.PURCHASES) > 0).flag(session.isCartAbandoned());
    row.number(session.engagedMs()).flag(session.isSingleViewBounce()).flag(session.isEngaged());
    row.number(session.funnelStep());
  }

  private static Table people(Histories histories) {
    var table =
        new Table(
            "gold.people_sessions",
            "visitor_id start_time",
            "day end_day end_time user_id revenue_by_currency only_currency only_amount cart_value");
    for (GoldSession session : histories.people()) {
      Map<String, Long> revenue = session.sums.revenue.cents();
      Long amount = revenue.values().stream().findAny().orElse(null);
      table
          .row()
          .text(session.person().visitor())
          .number(session.start())
          .day(Days.of(session.start()))
          .day(Days.of(session.end()))
          .number(session.end())
          .text(session.user())
          .money(session.sums.revenue)
          .text(revenue.keySet().stream().findAny().orElse(null))
          .text(amount(amount))
          .money(session.cart.value());
    }
    return table;
  }

  private static @Nullable String amount(@Nullable Long cents) {
    return cents == null ? null : Decimals.cents(cents);
  }
}
