package io.weir.training.returning;

import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.training.session.KeySample;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The times of visitors' sessions, which tell who came back as in the training. If there are more
 * than memory holds, half of the visitors are dropped, and half again: each one that stays has all
 * sessions.
 */
public final class ReturnHistories {
  private static final String NAME = LakeTables.SESSIONS.fullName();
  private static final String START = "start_time";

  /** The columns that tell an outcome. */
  private static final List<String> TIMES =
      List.of("session_key", "revision", "visitor_id", START, "end_time", "is_bot");

  private final Set<String> visitors;
  private final KeySample sample;
  private final int most;

  /**
   * Histories without sessions.
   *
   * @param visitors whose outcomes are asked for
   * @param sample of these; it is halved when there are too many sessions
   * @param most sessions
   */
  public ReturnHistories(Set<String> visitors, KeySample sample, int most) {
    this.visitors = visitors;
    this.sample = sample;
    this.most = most;
  }

  /** Shows the sessions of a range whose outcome is known at its end. */
  public void show(LakeReader lake, Range range, ReturnSet.Outcomes outcomes) {
    var set = ReturnSet.ofOutcomes(new LabelledRows.Source(NAME, null, range));
    each(lake, range, TIMES, session -> add(set, session));
    set.show(outcomes);
  }

  /** Gives the sessions of a range with what the features need. */
  public static void sessions(LakeReader lake, Range range, Consumer<Session> consumer) {
    each(lake, range, LakeReturnRow.COLUMNS, consumer);
  }

  private static void each(
      LakeReader lake, Range range, List<String> columns, Consumer<Session> consumer) {
    lake.rows(
        LakeTables.SESSIONS,
        START,
        range,
        columns,
        row -> consumer.accept(LakeReturnRow.session(row)));
  }

  private void add(ReturnSet set, Session session) {
    if (isAsked(session.getVisitorId())) {
      set.add(session);
    } else {
      set.addOther(session.getStartTime(), session.getEndTime());
    }
    while (set.size() > most) {
      sample.halve();
      set.keep(this::isAsked);
    }
  }

  private boolean isAsked(String visitor) {
    return sample.isDrawn(visitor) && visitors.contains(visitor);
  }
}
