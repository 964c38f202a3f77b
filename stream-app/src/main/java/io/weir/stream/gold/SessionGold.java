package io.weir.stream.gold;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.Session;
import io.weir.stream.gold.days.SiteTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds the facts of sessions to the book: for each dimension to the 15 minutes and to the day of
 * the session's start.
 */
public final class SessionGold {
  private static final List<Dimension> DIMENSIONS = SessionFacts.DIMENSIONS;

  private final GoldBook book;
  private final SiteTime time;

  /** Buckets of 15 minutes that start before are deleted, and get no differences. */
  private long quartersFrom = Long.MIN_VALUE;

  public SessionGold(GoldBook book, SiteTime time) {
    this.book = book;
    this.time = time;
  }

  /** Says that buckets of 15 minutes that start before a time are to be deleted. */
  public void keepQuartersFrom(long start) {
    quartersFrom = start;
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
        change.addAll(before, before.sums().negated());
      }
      if (now != null) {
        change.addAll(now, now.sums());
      }
    }
    return now;
  }

  /** One change, in the buckets of one session. */
  private final class Change {
    private final long quarter;
    private final long day;

    private Change(long start) {
      this.quarter = SiteTime.quarter(start);
      this.day = time.day(start);
    }

    private SessionFacts named(SessionFacts facts) {
      var names = new ArrayList<String>(DIMENSIONS.size());
      for (int i = 0; i < DIMENSIONS.size(); i++) {
        String value = facts.values().get(i);
        names.add(book.name(key(Grain.DAY, DIMENSIONS.get(i), facts.isBot(), value)));
      }
      return new SessionFacts(facts.isBot(), names, facts.sums());
    }

    private void addDifference(SessionFacts before, SessionFacts now) {
      CellSums taken = before.sums().negated();
      var difference = taken.plus(now.sums());
      add(Dimension.ALL, now.isBot(), "", difference);
      for (int i = 0; i < DIMENSIONS.size(); i++) {
        String from = before.values().get(i);
        String to = now.values().get(i);
        if (from.equals(to)) {
          add(DIMENSIONS.get(i), now.isBot(), to, difference);
        } else {
          add(DIMENSIONS.get(i), now.isBot(), from, taken);
          add(DIMENSIONS.get(i), now.isBot(), to, now.sums());
        }
      }
    }

    private void addAll(SessionFacts facts, CellSums sums) {
      add(Dimension.ALL, facts.isBot(), "", sums);
      for (int i = 0; i < DIMENSIONS.size(); i++) {
        add(DIMENSIONS.get(i), facts.isBot(), facts.values().get(i), sums);
      }
    }

    private void add(Dimension dimension, boolean isBot, String value, CellSums difference) {
      if (difference.isZero()) {
        return;
      }
      book.add(key(Grain.DAY, dimension, isBot, value), difference);
      if (quarter >= quartersFrom) {
        book.add(key(Grain.QUARTER, dimension, isBot, value), difference);
      }
    }

    private GoldKey key(Grain grain, Dimension dimension, boolean isBot, String value) {
      long start = grain == Grain.DAY ? day : quarter;
      return new GoldKey(Subject.SESSIONS, grain, dimension, isBot, start, value);
    }
  }
}
