package io.weir.stream.gold;

import io.weir.contract.avro.Session;
import io.weir.stream.gold.days.SiteTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Adds the facts of sessions to the book: for each dimension to the buckets of the session's start.
 */
public final class SessionGold {
  /** In the order of {@link SessionFacts#values}. */
  private static final List<Breakdown> BREAKDOWNS =
      SessionFacts.DIMENSIONS.stream().map(Breakdown::ofSessions).toList();

  private final GoldBook book;
  private final SiteTime time;

  public SessionGold(GoldBook book, SiteTime time) {
    this.book = book;
    this.time = time;
  }

  /**
   * Adds what has changed about a session.
   *
   * @param row may be a retraction
   * @param before what was added for it last; null for nothing
   * @return what is added for it now; null for nothing
   */
  public @Nullable SessionFacts change(Session row, @Nullable SessionFacts before) {
    var change = new Change(row.getStartTime());
    SessionFacts now = row.getIsRetracted() ? null : change.named(SessionFacts.of(row));
    if (before != null && now != null && before.isBot() == now.isBot()) {
      change.addDifference(before, now);
    } else {
      if (before != null) {
        change.addAll(before, CellSums::negated);
      }
      if (now != null) {
        change.addAll(now, UnaryOperator.identity());
      }
    }
    return now;
  }

  /** One change, in the buckets of one session. */
  private final class Change {
    private final Place people;
    private final Place bots;

    private Change(long start) {
      long quarter = SiteTime.quarter(start);
      long day = time.day(start);
      this.people = new Place(false, quarter, day);
      this.bots = new Place(true, quarter, day);
    }

    private Place place(SessionFacts facts) {
      return facts.isBot() ? bots : people;
    }

    private SessionFacts named(SessionFacts facts) {
      var names = new ArrayList<String>(BREAKDOWNS.size());
      for (int i = 0; i < BREAKDOWNS.size(); i++) {
        names.add(book.name(place(facts), BREAKDOWNS.get(i), facts.values().get(i)));
      }
      Place place = place(facts);
      var parts = new TreeMap<Breakdown, SortedMap<String, CellSums>>();
      facts
          .parts()
          .forEach((breakdown, part) -> parts.put(breakdown, named(place, breakdown, part)));
      return new SessionFacts(facts.isBot(), names, facts.sums(), parts);
    }

    private SortedMap<String, CellSums> named(
        Place place, Breakdown breakdown, SortedMap<String, CellSums> parts) {
      var named = new TreeMap<String, CellSums>();
      parts.forEach((value, sums) ->
          named.computeIfAbsent(book.name(place, breakdown, value), _ -> new CellSums()).add(sums));
      return named;
    }

    private void addDifference(SessionFacts before, SessionFacts now) {
      CellSums taken = before.sums().negated();
      var difference = taken.plus(now.sums());
      Place place = place(now);
      add(place, Breakdown.SESSIONS, "", difference);
      for (int i = 0; i < BREAKDOWNS.size(); i++) {
        String to = now.values().get(i);
        if (i >= before.values().size()) {
          // An earlier version added the session without this dimension.
          add(place, BREAKDOWNS.get(i), to, now.sums());
          continue;
        }
        String from = before.values().get(i);
        if (from.equals(to)) {
          add(place, BREAKDOWNS.get(i), to, difference);
        } else {
          add(place, BREAKDOWNS.get(i), from, taken);
          add(place, BREAKDOWNS.get(i), to, now.sums());
        }
      }
      before.parts().keySet().forEach(each -> addParts(place, each, before, now));
      for (Breakdown each : now.parts().keySet()) {
        if (!before.parts().containsKey(each)) {
          addParts(place, each, before, now);
        }
      }
    }

    private void addParts(Place place, Breakdown breakdown, SessionFacts before, SessionFacts now) {
      var difference = new TreeMap<String, CellSums>();
      before.part(breakdown).forEach((value, sums) -> difference.put(value, sums.negated()));
      now.part(breakdown).forEach((value, sums) -> difference.merge(value, sums, CellSums::plus));
      difference.forEach((value, sums) -> add(place, breakdown, value, sums));
    }

    private void addAll(SessionFacts facts, UnaryOperator<CellSums> sign) {
      Place place = place(facts);
      CellSums sums = sign.apply(facts.sums());
      add(place, Breakdown.SESSIONS, "", sums);
      for (int i = 0; i < facts.values().size(); i++) {
        add(place, BREAKDOWNS.get(i), facts.values().get(i), sums);
      }
      facts
          .parts()
          .forEach((breakdown, part) ->
              part.forEach((value, ofValue) -> add(place, breakdown, value, sign.apply(ofValue))));
    }

    private void add(Place place, Breakdown breakdown, String name, CellSums difference) {
      if (!difference.isZero()) {
        book.addAs(place, breakdown, name, difference);
      }
    }
  }
}
