package io.weir.sink.gold;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.Session;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the answers of gold with a plain recomputation over random small histories. */
@ExtendWith(Servers.class)
class GoldAnswersIT {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long CART = DAY;
  private static final long RECOVERY = 30 * DAY;

  @ParameterizedTest
  @CsvSource({"Europe/Berlin,1", "America/New_York,2", "+05:30,3", "UTC-08:00,4"})
  void answers_areThoseOfThePlainRecomputation(String zone, long seed, Lake lake)
      throws SQLException {
    var history = new History(ZoneId.of(zone), seed);
    history.write(lake);
    var checked = new Recomputation(history, lake);

    checked.users();
    checked.carts();
    checked.funnel();
    checked.lifeCycle();
    checked.retention();
    checked.distributions();
    checked.heatmap();
    checked.touches();

    String user = history.identifyLater(lake);
    assertThat(lake.gold("SELECT kind FROM gold.user_metrics WHERE person_id = '" + user + "'"))
        .isEqualTo("user");
    checked.users();
  }

  @Test
  void zoneThatPostgresDoesNotKnow_leavesDaysEmpty(Lake lake) throws SQLException {
    var history = new History(ZoneId.of("Europe/Berlin"), 5);
    history.write(lake);
    lake.change("UPDATE gold.cell_versions SET value = 'Mars/North' WHERE subject = 'progress'");

    assertThat(lake.gold("SELECT time_zone FROM gold.progress")).isEqualTo("null");
    for (String view :
        List.of(
            "sessions_daily",
            "visitors_daily",
            "cart_abandonment",
            "abandoned_products",
            "funnel_daily",
            "life_cycle_daily",
            "distributions",
            "heatmap",
            "touch_daily")) {
      assertThat(lake.gold("SELECT count(day) FROM gold." + view)).as(view).isEqualTo("0");
    }
    assertThat(lake.gold("SELECT count(*) FROM gold.retention_daily")).isEqualTo("0");
    assertThat(lake.gold("SELECT count(*) FROM gold.retention_weekly")).isEqualTo("0");
    new Recomputation(history, lake).users();
  }

  /**
   * The rows that the views must have, as text.
   *
   * @param cartValues by day and outcome or product, then by currency
   * @param abandoned the pieces in each abandoned cart, by day and product
   * @param categories the first of the alphabet, by day and product
   */
  private record Recomputation(
      History history,
      Lake lake,
      Map<String, TreeMap<String, Long>> cartValues,
      Map<String, List<Long>> abandoned,
      Map<String, String> categories) {
    private Recomputation(History history, Lake lake) {
      this(history, lake, new HashMap<>(), new TreeMap<>(), new HashMap<>());
    }

    void users() throws SQLException {
      var expected = new TreeSet<String>();
      var persons = history.people().stream().collect(groupingBy(this::person));
      persons.forEach((person, sessions) -> {
        expected.add(
            String.join(
                "|",
                person,
                sum(sessions, _ -> 1),
                sum(sessions, Session::getEvents),
                sum(sessions, Session::getPurchases),
                revenue(sessions),
                meanSeconds(sessions),
                Long.toString(sessions.stream().mapToLong(Session::getStartTime).min().orElse(0)),
                Long.toString(sessions.stream().mapToLong(Session::getEndTime).max().orElse(0)),
                rolling(sessions, 1),
                rolling(sessions, 7),
                rolling(sessions, 30)));
      });

      check(
          "user_metrics",
          """
          kind, person_id, sessions, events, purchases, %s, avg_duration_s,
          (extract(epoch FROM first_seen) * 1000)::bigint,
          (extract(epoch FROM last_seen) * 1000)::bigint,
          sessions_1d, purchases_1d, %s, sessions_7d, purchases_7d, %s,
          sessions_30d, purchases_30d, %s
          """
              .formatted(
                  money("revenue"), money("revenue_1d"), money("revenue_7d"), money("revenue_30d")),
          expected);
    }

    private String person(Session session) {
      String user = session.getUserId();
      if (user == null) {
        user = history.users.get(session.getVisitorId());
      }
      return user == null ? "visitor|" + session.getVisitorId() : "user|" + user;
    }

    private String rolling(List<Session> sessions, int days) {
      long from = history.now - days * DAY;
      List<Session> recent = sessions.stream().filter(each -> each.getStartTime() > from).toList();
      return sum(recent, _ -> 1) + "|" + sum(recent, Session::getPurchases) + "|" + revenue(recent);
    }

    void carts() throws SQLException {
      var days = new TreeMap<LocalDate, List<String>>();
      for (List<Session> sessions : byVisitor().values()) {
        List<Session> cart = new ArrayList<>();
        for (Session each : sessions) {
          if (!cart.isEmpty()
              && (cart.getLast().getPurchases() > 0
                  || each.getStartTime() >= cart.getLast().getEndTime() + CART)) {
            add(days, cart, sessions);
            cart.clear();
          }
          if (each.getAddToCarts() + each.getRemoveFromCarts() + each.getPurchases() > 0) {
            cart.add(each);
          }
        }
        add(days, cart, sessions);
      }
      var expected = new TreeSet<String>();
      days.forEach((day, outcomes) -> {
        int purchased = countOf(outcomes, "purchased");
        int recovered = countOf(outcomes, "recovered");
        int abandoned = countOf(outcomes, "abandoned");
        int open = countOf(outcomes, "open");
        int emptied = countOf(outcomes, "emptied");
        assertThat(purchased + recovered + abandoned + open + emptied).isEqualTo(outcomes.size());
        expected.add(
            List.of(
                    day,
                    outcomes.size(),
                    outcomes.stream()
                        .map(each -> each.substring(0, each.indexOf(' ')))
                        .distinct()
                        .count(),
                    purchased,
                    recovered,
                    abandoned,
                    open,
                    rate(recovered + abandoned, outcomes.size() - open - emptied),
                    rate(recovered, recovered + abandoned),
                    emptied,
                    amounts(day + "abandoned"),
                    amounts(day + "recovered"))
                .stream()
                .map(Object::toString)
                .reduce((one, other) -> one + "|" + other)
                .orElse(""));
      });

      check(
          "cart_abandonment",
          "day, carts, visitors, purchased, recovered, abandoned, open, abandonment_rate,"
              + " recovery_rate, emptied, "
              + money("abandoned_value")
              + ", "
              + money("recovered_value"),
          expected);
      checkProducts();
    }

    private void add(Map<LocalDate, List<String>> days, List<Session> cart, List<Session> all) {
      if (cart.stream().noneMatch(each -> each.getAddToCarts() > 0)) {
        return;
      }
      Session last = cart.getLast();
      String outcome = "abandoned";
      if (last.getPurchases() > 0) {
        outcome = "purchased";
      } else if (cart.stream().mapToInt(Session::getRemoveFromCarts).sum()
          >= cart.stream().mapToInt(Session::getAddToCarts).sum()) {
        outcome = "emptied";
      } else if (last.getEndTime() + CART > history.now) {
        outcome = "open";
      } else if (all.stream()
          .anyMatch(each ->
              each.getPurchases() > 0
                  && each.getStartTime() > last.getStartTime()
                  && each.getStartTime() <= last.getEndTime() + RECOVERY)) {
        outcome = "recovered";
      }
      days.computeIfAbsent(history.day(last.getEndTime()), _ -> new ArrayList<>())
          .add(last.getVisitorId() + " " + outcome);
      addValue(history.day(last.getEndTime()) + outcome, cart);
      if (outcome.equals("abandoned")) {
        addProducts(history.day(last.getEndTime()), cart);
      }
    }

    private void addProducts(LocalDate day, List<Session> cart) {
      var quantities = new TreeMap<String, Long>();
      var values = new TreeMap<String, TreeMap<String, Long>>();
      var ofCart = new TreeMap<String, String>();
      for (Session session : cart) {
        for (CartProduct each : session.getCartProducts()) {
          quantities.merge(each.getProductId(), each.getQuantity(), Long::sum);
          var value = values.computeIfAbsent(each.getProductId(), _ -> new TreeMap<>());
          each.getValueE4().forEach((currency, e4) -> value.merge(currency, e4, Long::sum));
          if (each.getCategory() != null) {
            ofCart.merge(each.getProductId(), each.getCategory(), Recomputation::first);
          }
        }
      }
      quantities.forEach((product, quantity) -> {
        if (quantity > 0) {
          String place = day + "|" + product;
          abandoned.computeIfAbsent(place, _ -> new ArrayList<>()).add(quantity);
          if (ofCart.containsKey(product)) {
            categories.merge(place, ofCart.get(product), Recomputation::first);
          }
          var ofDay = cartValues.computeIfAbsent(place, _ -> new TreeMap<>());
          values
              .getOrDefault(product, new TreeMap<>())
              .forEach((currency, e4) -> ofDay.merge(currency, Math.max(0, e4), Long::sum));
          ofDay.values().removeIf(e4 -> e4 == 0);
        }
      });
    }

    private static String first(String one, String other) {
      return one.compareTo(other) < 0 ? one : other;
    }

    private void checkProducts() throws SQLException {
      var expected = new TreeSet<String>();
      abandoned.forEach((place, quantities) ->
          expected.add(
              "%s|%s|%d|%d|%s"
                  .formatted(
                      place,
                      categories.getOrDefault(place, ""),
                      quantities.size(),
                      quantities.stream().mapToLong(Long::longValue).sum(),
                      amounts(place))));
      assertThat(expected).isNotEmpty();
      check(
          "abandoned_products",
          "day, product, category, carts, quantity, " + money("value"),
          expected);
    }

    private void addValue(String place, List<Session> cart) {
      var ofCart = new TreeMap<String, Long>();
      cart.forEach(each ->
          each.getCartValueE4().forEach((currency, e4) -> ofCart.merge(currency, e4, Long::sum)));
      ofCart.values().removeIf(e4 -> e4 <= 0);
      var ofDay = cartValues.computeIfAbsent(place, _ -> new TreeMap<>());
      ofCart.forEach((currency, e4) -> ofDay.merge(currency, e4, Long::sum));
    }

    private String amounts(String place) {
      return cartValues.getOrDefault(place, new TreeMap<>()).entrySet().stream()
          .map(each -> each.getKey() + "=" + BigDecimal.valueOf(each.getValue(), 4))
          .collect(joining(","));
    }

    private static int countOf(List<String> outcomes, String outcome) {
      return (int) outcomes.stream().filter(each -> each.endsWith(outcome)).count();
    }

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
                  groupingBy(
                      each -> startDay(each) + "|" + dimension + "|" + known(value.apply(each))))
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
                        + history.isFinal(startDay(sessions.getFirst())));
              }));

      check(
          "funnel_daily",
          "day, dimension, value, sessions, viewed, carted, checked_out, purchased,"
              + " completion_rate, is_final",
          expected);
    }

    void lifeCycle() throws SQLException {
      var expected = new TreeSet<String>();
      var all = new TreeSet<LocalDate>();
      history.active.values().forEach(all::addAll);
      for (LocalDate day = all.first(); !day.isAfter(all.last()); day = day.plusDays(1)) {
        LocalDate today = day;
        int visitors = 0;
        int fresh = 0;
        int retained = 0;
        int lost = 0;
        for (TreeSet<LocalDate> days : history.active.values()) {
          boolean wasActive = days.contains(today.minusDays(1));
          if (days.contains(today)) {
            visitors++;
            fresh += days.first().equals(today) ? 1 : 0;
            retained += wasActive ? 1 : 0;
          } else if (wasActive) {
            lost++;
          }
        }
        int returning = visitors - fresh - retained;
        expected.add(
            today
                + "|"
                + visitors
                + "|"
                + fresh
                + "|"
                + retained
                + "|"
                + returning
                + "|"
                + lost
                + "|"
                + history.isFinal(today));
      }

      check(
          "life_cycle_daily",
          "day, visitors, new_visitors, retained, returning_visitors, lost, is_final",
          expected);
    }

    void retention() throws SQLException {
      var byDay = new HashMap<String, TreeSet<LocalDate>>();
      var byWeek = new HashMap<String, TreeSet<LocalDate>>();
      for (Session each : history.people()) {
        LocalDate last = history.day(each.getEndTime());
        for (LocalDate day = startDay(each); !day.isAfter(last); day = day.plusDays(1)) {
          LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          byDay.computeIfAbsent(each.getVisitorId(), _ -> new TreeSet<>()).add(day);
          byWeek.computeIfAbsent(each.getVisitorId(), _ -> new TreeSet<>()).add(monday);
        }
      }

      check(
          "retention_daily",
          "cohort_day, day_number, cohort_visitors, visitors, retention_rate, is_final",
          cohorts(byDay, 1, 30));
      check(
          "retention_weekly",
          "cohort_week, week_number, cohort_visitors, visitors, retention_rate, is_final",
          cohorts(byWeek, 7, 52));
    }

    private Set<String> cohorts(Map<String, TreeSet<LocalDate>> active, int length, int cells) {
      var expected = new TreeSet<String>();
      var all = new TreeSet<LocalDate>();
      active.values().forEach(all::addAll);
      for (LocalDate first : all) {
        List<TreeSet<LocalDate>> cohort =
            active.values().stream().filter(days -> days.first().equals(first)).toList();
        for (int i = 0; i <= cells && !cohort.isEmpty(); i++) {
          LocalDate then = first.plusDays((long) i * length);
          if (!then.isAfter(all.last())) {
            long visitors = cohort.stream().filter(days -> days.contains(then)).count();
            boolean isFinal = history.isFinal(then.plusDays(length - 1L));
            expected.add(
                first
                    + "|"
                    + i
                    + "|"
                    + cohort.size()
                    + "|"
                    + visitors
                    + "|"
                    + rate(visitors, cohort.size())
                    + "|"
                    + isFinal);
          }
        }
      }
      return expected;
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
          String place = startDay(each) + "|" + measure + "|" + low + "|" + high;
          counts.merge(place, 1, Integer::sum);
        });
      }

      check(
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
                  startDay(each)
                      + "|"
                      + startDay(each).getDayOfWeek().getValue()
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
          "heatmap",
          "day, weekday, hour, sessions, events, converted_sessions, is_final",
          withFinality(rows));
    }

    void touches() throws SQLException {
      var groups = new TreeMap<String, List<Session>>();
      for (List<Session> sessions : byVisitor().values()) {
        for (Session each : sessions) {
          if (each.getPurchases() > 0) {
            String day = startDay(each).toString();
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

    private Map<String, List<Session>> byVisitor() {
      return history.people().stream()
          .sorted(Comparator.comparingLong(Session::getStartTime))
          .collect(groupingBy(Session::getVisitorId));
    }

    private LocalDate startDay(Session session) {
      return history.day(session.getStartTime());
    }

    private static String known(@Nullable String value) {
      return value == null ? "" : value;
    }

    private static String sum(List<Session> sessions, ToLongFunction<Session> value) {
      return Long.toString(sessions.stream().mapToLong(value).sum());
    }

    private static long count(List<Session> sessions, Predicate<Session> condition) {
      return sessions.stream().filter(condition).count();
    }

    private static String rate(long part, long whole) {
      return whole == 0
          ? "null"
          : BigDecimal.valueOf(part)
              .divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP)
              .toPlainString();
    }

    private static String meanSeconds(List<Session> sessions) {
      return new BigDecimal(sum(sessions, Session::getDurationMs))
          .divide(BigDecimal.valueOf(1000L * sessions.size()), 3, RoundingMode.HALF_UP)
          .toPlainString();
    }

    private static String revenue(List<Session> sessions) {
      var sums = new TreeMap<String, BigDecimal>();
      for (Session each : sessions) {
        each.getRevenueE4()
            .forEach(
                (currency, e4) -> sums.merge(currency, BigDecimal.valueOf(e4, 4), BigDecimal::add));
      }
      var text = new ArrayList<String>();
      sums.forEach((currency, amount) ->
          text.add(currency + "=" + amount.setScale(4, RoundingMode.UNNECESSARY)));
      return String.join(",", text);
    }

    /** SQL for revenue by currency as text. */
    private static String money(String column) {
      return """
      (SELECT coalesce(string_agg(key || '=' || value::numeric(38, 4), ',' ORDER BY key
        COLLATE "C"), '') FROM jsonb_each_text(%s))\
      """
          .formatted(column);
    }

    private void check(String view, String columns, Set<String> expected) throws SQLException {
      var actual = new ArrayList<String>();
      String sql = "SELECT " + columns + " FROM gold." + view;
      try (var connection = lake.postgres().connect();
          var rows = connection.createStatement().executeQuery(sql)) {
        while (rows.next()) {
          var row = new ArrayList<String>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.add(String.valueOf(rows.getObject(i)));
          }
          actual.add(String.join("|", row));
        }
      }
      assertThat(new HashSet<>(actual)).as(view + " has no row twice").hasSameSizeAs(actual);
      assertThat(expected).as(view).isNotEmpty();
      assertThat(new TreeSet<>(actual)).as(view).isEqualTo(expected);
    }
  }
}
