package io.weir.simulator.gold;

import io.weir.simulator.visit.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How the sessions of people are spread: funnels, classes, hours and touches. */
final class Shapes {
  private static final long[] EVENTS = {1, 2, 3, 4, 6, 11, 21, 51, 101};
  private static final long[] PAGES = {0, 1, 2, 3, 4, 6, 11, 21};
  private static final long[] SECONDS = {0, 1, 10, 30, 60, 180, 600, 1800, 3600};
  private static final long HOUR = 3_600_000;

  private final Histories histories;

  Shapes(Histories histories) {
    this.histories = histories;
  }

  List<Table> tables() {
    return List.of(funnel(), ordered(), distributions(), heatmap(), touches());
  }

  private record Group(String name, List<GoldSession> sessions) {}

  private static List<Group> groups(
      List<GoldSession> sessions, Function<GoldSession, List<String>> names) {
    var groups = new TreeMap<String, List<GoldSession>>();
    for (GoldSession session : sessions) {
      for (String name : names.apply(session)) {
        groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(session);
      }
    }
    return groups.entrySet().stream().map(one -> new Group(one.getKey(), one.getValue())).toList();
  }

  private static String day(GoldSession session) {
    return Days.text(Days.of(session.start()));
  }

  /** Day, dimension and value, with a bar between them. */
  private static List<String> segments(GoldSession session) {
    var values = new TreeMap<String, @Nullable String>();
    values.put("", "");
    values.put("device", session.person().machine().device());
    values.put("country", session.person().country());
    values.put("app", session.deeds.getFirst().app());
    values.put("source", session.ofCampaign(World.Campaign::source));
    var names = new ArrayList<String>();
    values.forEach((dimension, value) ->
        names.add(day(session) + '|' + dimension + '|' + (value == null ? "" : value)));
    return names;
  }

  private static Table.Row start(Table table, Group group) {
    Table.Row row = table.row();
    for (String part : group.name.split("\\|", -1)) {
      row.text(part);
    }
    return row;
  }

  private Table funnel() {
    var table =
        new Table(
            "gold.funnel_daily",
            "day dimension value",
            "sessions viewed carted checked_out purchased completion_rate");
    for (Group group : groups(histories.people(), Shapes::segments)) {
      var reached = new long[4];
      for (GoldSession session : group.sessions) {
        int steps = 0;
        for (GoldNumber measure :
            List.of(
                GoldNumber.PRODUCT_VIEWS,
                GoldNumber.ADD_TO_CARTS,
                GoldNumber.CHECKOUTS,
                GoldNumber.PURCHASES)) {
          if (session.sums.get(measure) == 0) {
            break;
          }
          reached[steps++]++;
        }
      }
      Table.Row row = start(table, group).number(group.sessions.size());
      for (long count : reached) {
        row.number(count);
      }
      row.rate(reached[3], reached[0]);
    }
    return table;
  }

  private Table ordered() {
    var table =
        new Table(
            "gold.funnel_ordered_daily",
            "day dimension value",
            "sessions view_sessions cart_sessions checkout_sessions purchase_sessions"
                + " view_drop_off cart_drop_off checkout_drop_off"
                + " view_to_cart_s cart_to_checkout_s checkout_to_purchase_s view_to_purchase_s");
    for (Group group : groups(histories.people(), Shapes::segments)) {
      Table.Row row = start(table, group).number(group.sessions.size());
      var reached = new long[4];
      for (int step = 0; step < 4; step++) {
        int wanted = step;
        reached[step] =
            group.sessions.stream().filter(session -> session.funnelStep() > wanted).count();
        row.number(reached[step]);
      }
      for (int step = 0; step < 3; step++) {
        row.rate(reached[step] - reached[step + 1], reached[step]);
      }
      for (int step = 0; step < 3; step++) {
        row.text(median(group, step, step + 1));
      }
      row.text(median(group, 0, 3));
    }
    return table;
  }

  /** The median seconds between two steps; null if nobody reached the later one. */
  private static @Nullable String median(Group group, int from, int to) {
    long[] times =
        group.sessions.stream()
            .filter(session -> session.funnelStep() > to)
            .mapToLong(session -> session.steps[to] - session.steps[from])
            .sorted()
            .toArray();
    if (times.length == 0) {
      return null;
    }
    long twice = times[(times.length - 1) / 2] + times[times.length / 2];
    return Decimals.ratio(twice, 2_000, 6);
  }

  private Table distributions() {
    var table = new Table("gold.distributions", "day measure lower_bound", "upper_bound sessions");
    classes(table, "events", EVENTS, session -> session.sums.get(GoldNumber.EVENTS));
    classes(table, "pages", PAGES, session -> session.sums.get(GoldNumber.PAGE_VIEWS));
    classes(table, "duration_s", SECONDS, session -> (session.end() - session.start()) / 1_000);
    return table;
  }

  private void classes(
      Table table, String name, long[] bounds, ToLongFunction<GoldSession> measure) {
    var counts = new TreeMap<String, Map<Integer, Long>>();
    for (GoldSession session : histories.people()) {
      int at = bounds.length - 1;
      while (measure.applyAsLong(session) < bounds[at]) {
        at--;
      }
      counts.computeIfAbsent(day(session), _ -> new TreeMap<>()).merge(at, 1L, Long::sum);
    }
    counts.forEach((day, of) ->
        of.forEach((at, sessions) -> {
          Table.Row row = table.row().text(day).text(name).number(bounds[at]);
          row.text(at + 1 < bounds.length ? Long.toString(bounds[at + 1]) : null).number(sessions);
        }));
  }

  private Table heatmap() {
    var table = new Table("gold.heatmap", "day weekday hour", "sessions events converted_sessions");
    Function<GoldSession, List<String>> hour =
        session ->
            List.of(
                day(session)
                    + '|'
                    + Days.weekday(Days.of(session.start()))
                    + '|'
                    + session.start() % Days.DAY / HOUR);
    for (Group group : groups(histories.people(), hour)) {
      var sums = new Sums();
      group.sessions.forEach(session -> sums.addAll(session.sums));
      start(table, group)
          .numbers(sums, GoldNumber.SESSIONS, GoldNumber.EVENTS, GoldNumber.CONVERTED_SESSIONS);
    }
    return table;
  }

  private Table touches() {
    var table =
        new Table(
            "gold.touch_daily",
            "day touch source medium campaign",
            "conversions purchases revenue");
    Map<String, List<GoldSession>> all = histories.byVisitor();
    List<GoldSession> converted =
        histories.people().stream()
            .filter(session -> session.sums.get(GoldNumber.CONVERTED_SESSIONS) > 0)
            .toList();
    Function<GoldSession, List<String>> names =
        session -> {
          GoldSession first =
              Objects.requireNonNull(all.get(session.person().visitor())).getFirst();
          return List.of(
              day(session) + "|first|" + touch(first), day(session) + "|last|" + touch(session));
        };
    for (Group group : groups(converted, names)) {
      var sums = new Sums();
      group.sessions.forEach(session -> sums.addAll(session.sums));
      start(table, group)
          .numbers(sums, GoldNumber.SESSIONS, GoldNumber.PURCHASES)
          .money(sums.revenue);
    }
    return table;
  }

  private static String touch(GoldSession session) {
    World.Campaign campaign = session.campaign();
    return campaign == null
        ? "||"
        : campaign.source() + '|' + campaign.medium() + '|' + campaign.name();
  }
}
