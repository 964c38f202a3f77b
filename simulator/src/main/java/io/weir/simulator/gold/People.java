package io.weir.simulator.gold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Persons: a user with all ids, or a visitor of whom no user is known. */
final class People {
  private final Histories histories;
  private final long now;
  private final Map<String, String> identities = new TreeMap<>();

  People(Histories histories, long now) {
    this.histories = histories;
    this.now = now;
    for (GoldSession session : histories.sessions()) {
      String user = session.user();
      if (user != null && session.person().isUser()) {
        identities.put(session.person().visitor(), user);
      }
    }
  }

  List<Table> tables() {
    return List.of(identities(), metrics());
  }

  private Table identities() {
    var table = new Table("gold.identities", "visitor_id", "user_id");
    identities.forEach((visitor, user) -> table.row().text(visitor).text(user));
    return table;
  }

  private @Nullable String user(GoldSession session) {
    String known = session.user();
    return known == null ? identities.get(session.person().visitor()) : known;
  }

  private Table metrics() {
    var table =
        new Table(
            "gold.user_metrics",
            "kind person_id",
            "avg_duration_s first_seen last_seen sessions events purchases revenue"
                + " sessions_1d purchases_1d revenue_1d sessions_7d purchases_7d revenue_7d"
                + " sessions_30d purchases_30d revenue_30d");
    var persons = new TreeMap<String, List<GoldSession>>();
    for (GoldSession session : histories.people()) {
      String user = user(session);
      String person = user == null ? "visitor " + session.person().visitor() : "user " + user;
      persons.computeIfAbsent(person, _ -> new ArrayList<>()).add(session);
    }
    persons.forEach((person, sessions) -> {
      Sums all = sums(sessions, Long.MAX_VALUE);
      String[] name = person.split(" ", -1);
      Table.Row row = table.row().text(name[0]).text(name[1]);
      row.seconds(all.get(GoldNumber.DURATION_MS), sessions.size());
      row.number(times(sessions, true).min().orElseThrow());
      row.number(times(sessions, false).max().orElseThrow());
      row.numbers(all, GoldNumber.SESSIONS, GoldNumber.EVENTS, GoldNumber.PURCHASES)
          .money(all.revenue);
      for (long days : new long[] {1, 7, 30}) {
        Sums of = sums(sessions, days * Days.DAY);
        row.numbers(of, GoldNumber.SESSIONS, GoldNumber.PURCHASES).money(of.revenue);
      }
    });
    return table;
  }

  private static LongStream times(List<GoldSession> sessions, boolean isStart) {
    return sessions.stream().mapToLong(session -> isStart ? session.start() : session.end());
  }

  private Sums sums(List<GoldSession> sessions, long age) {
    var sums = new Sums();
    for (GoldSession session : sessions) {
      if (now - session.start() < age) {
        sums.addAll(session.sums);
      }
    }
    return sums;
  }
}
