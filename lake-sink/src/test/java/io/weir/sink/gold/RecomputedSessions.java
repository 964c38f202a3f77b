package io.weir.sink.gold;

import static io.weir.sink.gold.GoldRows.check;
import static io.weir.sink.gold.GoldRows.count;
import static io.weir.sink.gold.GoldRows.known;
import static io.weir.sink.gold.GoldRows.money;
import static io.weir.sink.gold.GoldRows.rate;
import static io.weir.sink.gold.GoldRows.revenue;
import static io.weir.sink.gold.GoldRows.sum;
import static java.util.stream.Collectors.groupingBy;

import io.weir.contract.avro.Session;
import io.weir.sink.Lake;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows that the views of the funnel, distributions, heatmap and touches must have. */
record RecomputedSessions(History history, Lake lake) {
  void funnel() throws SQLException {
    var expected = new TreeSet<String>();
    var dimensions =
        Map.<String, Function<Session, @Nullable String>>of(
            "", _ -> "",
            "device", Session::getDevice,
            "country", Session::getCountry,
            "app", Session::getAppId,
            "source", Session::getCampaignSource);
    dimensions.forEach((dimension, value) ->
        history.people().stream()
            .collect(
                groupingBy(each ->
                    history.startDay(each) + "|" + dimension + "|" + known(value.apply(each))))
            .forEach((place, sessions) -> {
              Predicate<Session> viewed = each -> each.getProductViews() > 0;
              Predicate<Session> carted = viewed.and(each -> each.getAddToCarts() > 0);
              Predicate<Session> checked = carted.and(each -> each.getCheckouts() > 0);
              Predicate<Session> bought = checked.and(each -> each.getPurchases() > 0);
              expected.add(
                  place
                      + "|"
                      + sessions.size()
                      + "|"
                      + count(sessions, viewed)
                      + "|"
                      + count(sessions, carted)
                      + "|"
                      + count(sessions, checked)
                      + "|"
                      + count(sessions, bought)
                      + "|"
                      + rate(count(sessions, bought), count(sessions, viewed))
                      + "|"
                      + history.isFinal(history.startDay(sessions.getFirst())));
            }));

    check(
        lake,
        "funnel_daily",
        "day, dimension, value, sessions, viewed, carted, checked_out, purchased,"
            + " completion_rate, is_final",
        expected);
  }

  void distributions() throws SQLException {
    var counts = new TreeMap<String, Integer>();
    for (Session each : history.people()) {
      var values =
          Map.of(
              "events", List.of((long) each.getEvents(), 1L, 2L, 3L, 4L, 6L, 11L, 21L, 51L, 101L),
              "pages", List.of((long) each.getPageViews(), 0L, 1L, 2L, 3L, 4L, 6L, 11L, 21L),
              "duration_s",
                  List.of(
                      each.getDurationMs() / 1000,
                      0L,
                      1L,
                      10L,
                      30L,
                      60L,
                      180L,
                      600L,
                      1800L,
                      3600L));
      values.forEach((measure, bounds) -> {
        Long low = null;
        Long high = null;
        for (Long bound : bounds.subList(1, bounds.size())) {
          if (bound <= bounds.getFirst()) {
            low = bound;
          } else if (high == null) {
            high = bound;
          }
        }
        String place = history.startDay(each) + "|" + measure + "|" + low + "|" + high;
        counts.merge(place, 1, Integer::sum);
      });
    }

    check(
        lake,
        "distributions",
        "day, measure, lower_bound, upper_bound, sessions, is_final",
        withFinality(counts));
  }

  private Set<String> withFinality(Map<String, ?> rows) {
    var expected = new TreeSet<String>();
    rows.forEach((place, value) -> {
      LocalDate day = LocalDate.parse(place.substring(0, 10));
      expected.add(place + "|" + value + "|" + history.isFinal(day));
    });
    return expected;
  }

  void heatmap() throws SQLException {
    var rows = new TreeMap<String, String>();
    history.people().stream()
        .collect(
            groupingBy(each ->
                history.startDay(each)
                    + "|"
                    + history.startDay(each).getDayOfWeek().getValue()
                    + "|"
                    + Instant.ofEpochMilli(each.getStartTime()).atZone(history.zone).getHour()))
        .forEach((place, sessions) ->
            rows.put(
                place,
                sessions.size()
                    + "|"
                    + sum(sessions, Session::getEvents)
                    + "|"
                    + count(sessions, each -> each.getPurchases() > 0)));

    check(
        lake,
        "heatmap",
        "day, weekday, hour, sessions, events, converted_sessions, is_final",
        withFinality(rows));
  }

  void touches() throws SQLException {
    var groups = new TreeMap<String, List<Session>>();
    for (List<Session> sessions : history.byVisitor().values()) {
      for (Session each : sessions) {
        if (each.getPurchases() > 0) {
          String day = history.startDay(each).toString();
          for (String touch :
              List.of("first|" + source(sessions.getFirst()), "last|" + source(each))) {
            groups.computeIfAbsent(day + "|" + touch, _ -> new ArrayList<>()).add(each);
          }
        }
      }
    }
    var rows = new TreeMap<String, String>();
    groups.forEach((place, sessions) ->
        rows.put(
            place,
            sessions.size()
                + "|"
                + sum(sessions, Session::getPurchases)
                + "|"
                + revenue(sessions)));

    check(
        lake,
        "touch_daily",
        "day, touch, source, medium, campaign, conversions, purchases, "
            + money("revenue")
            + ", is_final",
        withFinality(rows));
  }

  private static String source(Session session) {
    return known(session.getCampaignSource())
        + "|"
        + known(session.getCampaignMedium())
        + "|"
        + known(session.getCampaignName());
  }
}
