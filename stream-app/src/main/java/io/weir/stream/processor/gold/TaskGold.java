package io.weir.stream.processor.gold;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.visitors.VisitorEntry;
import io.weir.stream.session.Folding;
import io.weir.stream.session.Moved;

/** The gold of a task, which learns of its events and sessions before each commit. */
public sealed interface TaskGold permits PartitionGold, NoGold {
  /** What moves events that were added to robots, or back to people. */
  interface SideMoves {
    /** Moves what has changed its side. */
    void move(String visitor, Moved moved);

    /** Keeps what events have added that are about to be folded. */
    void fold(String visitor, Folding folding);
  }

  /** Adds what has changed about a session, which is about to be emitted. */
  void add(Session session);

  /** Adds an event that was accepted into a session, which is open until the session is added. */
  void add(EnrichedEvent event, VisitorEntry visitor);

  /** Adds an event that came too late for any session. */
  void addLate(EnrichedEvent event);

  SideMoves sides();

  /**
   * Notes that all of the visitor's events before a time are in sessions that were added.
   *
   * @param time {@link Long#MAX_VALUE} if all events are
   */
  void closedBefore(String visitor, long time);

  /** Deletes what is known of a visitor; the cells keep it as nobody's. */
  void forget(String visitor);

  /**
   * Notes that everything before a time has settled.
   *
   * @return whether something was written
   */
  boolean settle(long settledUpTo);

  /** Deletes some of what nobody needs any more. To be called often. */
  void purge();

  /** The same for the cells of what became of raw records. */
  void purgeQuality();

  /** Adds what the task has counted, and writes what is in memory. Called before every commit. */
  void flush(TaskCounts counts);
}
