package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Closed sessions by the time of their start. */
final class SessionCells {
  private static final String KEY = "bucket_start is_bot dimension value";
  private static final GoldNumber[] NUMBERS = {
    GoldNumber.SESSIONS,
    GoldNumber.CONVERTED_SESSIONS,
    GoldNumber.BOUNCED_SESSIONS,
    GoldNumber.CART_SESSIONS,
    GoldNumber.CHECKOUT_SESSIONS,
    GoldNumber.ABANDONED_SESSIONS,
    GoldNumber.DURATION_MS,
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
    GoldNumber.LATE_EVENTS,
    GoldNumber.MATCHED_CLICKS,
    GoldNumber.REFUNDS,
    GoldNumber.GOAL_EVENTS,
    GoldNumber.GOAL_SESSIONS
  };

  private static final String OTHERS =
      TrueCells.columns(NUMBERS)
          + " conversion_rate bounce_rate cart_abandonment_rate avg_duration_s ctr goal_rate"
          + " revenue refunded goal_value";
  private static final GoldNumber[] OF_ADS = {
    GoldNumber.AD_IMPRESSIONS, GoldNumber.AD_CLICKS, GoldNumber.MATCHED_CLICKS
  };

  private final TrueCells quarters = new TrueCells(TrueCells.QUARTER);
  private final TrueCells days = new TrueCells(Days.DAY);

  SessionCells(Histories histories) {
    histories.sessions().forEach(this::add);
  }

  /** The values by which a session is counted, in cells of days alone. */
  private static Map<String, @Nullable String> pages(GoldSession session) {
    return Map.of(
        "landing_page", session.deeds.getFirst().page(),
        "exit_page", session.deeds.getLast().page());
  }

  private void add(GoldSession session) {
    var place = new TrueCells.Place(session.start(), session.isBot());
    var values = new TreeMap<String, @Nullable String>();
    values.put("", "");
    values.put("device", session.person().machine().device());
    values.put("browser", session.person().machine().browser());
    values.put("os", session.person().os());
    values.put("country", session.person().country());
    values.put("city", session.person().city());
    values.put("campaign", session.ofCampaign(World.Campaign::name));
    values.put("source", session.ofCampaign(World.Campaign::source));
    values.put("medium", session.ofCampaign(World.Campaign::medium));
    values.put("referrer_class", session.deeds.getFirst().referrerClass());
    values.put("visitor_type", session.number == 1 ? "new" : "returning");
    values.put("app", session.deeds.getFirst().app());
    values.forEach((dimension, value) -> {
      quarters.add(place, dimension, value, session.sums);
      days.add(place, dimension, value, session.sums);
    });
    pages(session).forEach((name, value) -> days.add(place, name, value, session.sums));
    parts(session, Deed::label).forEach((ad, sums) -> addPart(place, "ad", ad, sums));
    parts(session, Deed::position).forEach((at, sums) -> addPart(place, "position", at, sums));
    parts(session, Deed::page).forEach((page, sums) -> days.add(place, "page", page, sums));
    goals(session).forEach((goal, sums) -> addPart(place, "goal", goal, sums));
  }

  private static Map<String, Sums> parts(GoldSession session, Function<Deed, String> place) {
    return session.ads.by(place);
  }

  private void addPart(TrueCells.Place place, String dimension, String value, Sums sums) {
    quarters.add(place, dimension, value, sums);
    days.add(place, dimension, value, sums);
  }

  private static Map<String, Sums> goals(GoldSession session) {
    var goals = new TreeMap<String, Sums>();
    for (Deed deed : session.deeds) {
      if (!session.isRepeated(deed)) {
        for (String goal : DemoGoals.of(deed)) {
          goals
              .computeIfAbsent(goal, _ -> new Sums().add(GoldNumber.GOAL_SESSIONS, 1))
              .addAll(DemoGoals.one(deed));
        }
      }
    }
    return goals;
  }

  List<Table> tables() {
    var tables = new ArrayList<Table>();
    tables.add(table("gold.sessions_15m", quarters, OTHERS));
    tables.add(table("gold.sessions_daily", days, OTHERS + " day"));
    tables.add(revenue());
    tables.add(ads("gold.ads_daily", "ad", "ad"));
    tables.add(ads("gold.ad_positions_daily", "position", "position"));
    tables.add(ads("gold.ad_pages_daily", "page", "page"));
    tables.add(goals());
    return tables;
  }

  private static Table table(String name, TrueCells cells, String columns) {
    var table = new Table(name, KEY, columns);
    cells.each((key, sums) -> {
      long sessions = sums.get(GoldNumber.SESSIONS);
      Table.Row row = key.start(table).numbers(sums, NUMBERS);
      row.rate(sums.get(GoldNumber.CONVERTED_SESSIONS), sessions);
      row.rate(sums.get(GoldNumber.BOUNCED_SESSIONS), sessions);
      row.rate(sums.get(GoldNumber.ABANDONED_SESSIONS), sums.get(GoldNumber.CART_SESSIONS));
      row.seconds(sums.get(GoldNumber.DURATION_MS), sessions);
      row.rate(sums.get(GoldNumber.MATCHED_CLICKS), sums.get(GoldNumber.AD_IMPRESSIONS));
      boolean isGoal = key.dimension().equals("goal");
      row.rate(sums.get(GoldNumber.GOAL_SESSIONS), isGoal ? 0 : sessions);
      row.money(sums.revenue).money(sums.refunded).money(sums.goalValue);
      if (columns.endsWith("day")) {
        row.day(key.day());
      }
    });
    return table;
  }

  private Table revenue() {
    var table = new Table("bi.revenue_daily", KEY + " currency", "revenue day");
    days.each((key, sums) ->
        sums.revenue
            .cents()
            .forEach((currency, cents) ->
                key.start(table).text(currency).text(Decimals.cents(cents)).day(key.day())));
    return table;
  }

  private Table ads(String name, String dimension, String column) {
    var table =
        new Table(
            name,
            "bucket_start is_bot " + column,
            "day " + TrueCells.columns(OF_ADS) + " ctr click_through_rate");
    days.each(
        dimension,
        (key, sums) -> {
          Table.Row row = table.row().number(key.start()).flag(key.isBot()).text(key.value());
          long impressions = sums.get(GoldNumber.AD_IMPRESSIONS);
          row.day(key.day()).numbers(sums, OF_ADS);
          row.rate(sums.get(GoldNumber.MATCHED_CLICKS), impressions);
          row.rate(sums.get(GoldNumber.AD_CLICKS), impressions);
        });
    return table;
  }

  private Table goals() {
    var table =
        new Table(
            "gold.goals_daily",
            "bucket_start is_bot goal",
            "day goal_events goal_sessions sessions goal_rate goal_value");
    days.each(
        "goal",
        (key, sums) -> {
          Sums total = days.at(key.total());
          long sessions = total == null ? 0 : total.get(GoldNumber.SESSIONS);
          table
              .row()
              .number(key.start())
              .flag(key.isBot())
              .text(key.value())
              .day(key.day())
              .numbers(sums, GoldNumber.GOAL_EVENTS, GoldNumber.GOAL_SESSIONS)
              .number(sessions)
              .rate(sums.get(GoldNumber.GOAL_SESSIONS), sessions)
              .money(sums.goalValue);
        });
    return table;
  }
}
