package io.weir.sink.gold;

import static io.weir.sink.gold.GoldRows.check;
import static io.weir.sink.gold.GoldRows.meanSeconds;
import static io.weir.sink.gold.GoldRows.money;
import static io.weir.sink.gold.GoldRows.rate;
import static io.weir.sink.gold.GoldRows.revenue;
import static io.weir.sink.gold.GoldRows.sum;
import static java.util.stream.Collectors.groupingBy;

import io.weir.contract.avro.Session;
import io.weir.sink.Lake;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rows that the views of users, of the life cycle and of retention must have. */
record RecomputedPersons(History history, Lake lake) {
  private static final long DAY = Duration.ofDays(1).toMillis();

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
        lake,
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
        lake,
        "life_cycle_daily",
        "day, visitors, new_visitors, retained, returning_visitors, lost, is_final",
        expected);
  }

  void retention() throws SQLException {
    var byDay = new HashMap<String, TreeSet<LocalDate>>();
    var byWeek = new HashMap<String, TreeSet<LocalDate>>();
    for (Session each : history.people()) {
      LocalDate last = history.day(each.getEndTime());
      for (LocalDate day = history.startDay(each); !day.isAfter(last); day = day.plusDays(1)) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        byDay.computeIfAbsent(each.getVisitorId(), _ -> new TreeSet<>()).add(day);
        byWeek.computeIfAbsent(each.getVisitorId(), _ -> new TreeSet<>()).add(monday);
      }
    }

    check(
        lake,
        "retention_daily",
        "cohort_day, day_number, cohort_visitors, visitors, retention_rate, is_final",
        cohorts(byDay, 1, 30));
    check(
        lake,
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
}
