package io.weir.stream.gold;

import io.weir.contract.avro.Session;
import io.weir.stream.gold.days.SiteTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
    SessionFacts facts = row.getIsRetracted() ? null : SessionFacts.of(row);
    if (before != null && facts != null && before.isBot() == facts.isBot()) {
      SessionFacts now = change.named(facts);
      change.addDifference(before, now);
      return now;
    }
    if (before != null) {
      change.takeBack(before);
    }
    return facts == null ? null : change.addNew(facts);
  }

  /** Gives the name under which the sums of a value count. */
  private interface Naming {
    String name(Breakdown breakdown, String value, CellSums sums);
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
      Place place = place(facts);
      return named(facts, (breakdown, value, _) -> book.name(place, breakdown, value));
    }

    private SessionFacts named(SessionFacts facts, Naming naming) {
      var names = new ArrayList<String>(BREAKDOWNS.size());
      for (int i = 0; i < BREAKDOWNS.size(); i++) {
        names.add(naming.name(BREAKDOWNS.get(i), facts.values().get(i), facts.sums()));
      }
      var parts = new TreeMap<Breakdown, SortedMap<String, CellSums>>();
      facts
          .parts()
          .forEach((breakdown, part) -> {
            var named = new TreeMap<String, CellSums>();
            part.forEach((value, sums) ->
                named.merge(naming.name(breakdown, value, sums), sums, CellSums::plus));
            parts.put(breakdown, named);
          });
      return new SessionFacts(facts.isBot(), names, facts.sums(), parts);
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

    private void takeBack(SessionFacts facts) {
      Place place = place(facts);
      CellSums sums = facts.sums().negated();
      add(place, Breakdown.SESSIONS, "", sums);
      for (int i = 0; i < facts.values().size(); i++) {
        add(place, BREAKDOWNS.get(i), facts.values().get(i), sums);
      }
      facts
          .parts()
          .forEach((breakdown, part) ->
              part.forEach((value, ofValue) -> add(place, breakdown, value, ofValue.negated())));
    }

    /** Adds facts, and returns them with the names under which they count. */
    private SessionFacts addNew(SessionFacts facts) {
      Place place = place(facts);
      book.addAs(place, Breakdown.SESSIONS, "", facts.sums());
      return named(facts, (breakdown, value, sums) -> book.add(place, breakdown, value, sums));
    }

    private void add(Place place, Breakdown breakdown, String name, CellSums difference) {
      if (!difference.isZero()) {
        book.addAs(place, breakdown, name, difference);
      }
    }
  }
}
