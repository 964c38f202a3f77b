package io.weir.stream.session.rules;

import io.weir.stream.session.goal.Goals;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The rules that decide what a session is, and what is counted in it.
 *
 * @param gap a pause strictly longer than this starts a new session
 * @param grace how long to wait for stragglers before a session is emitted
 * @param allowedLateness how far behind the watermark an event may lie and still revise a session
 * @param maxDuration a session never spans more
 * @param maxEvents a session with more events keeps its older part as sums
 * @param visitorMemory how long a visitor's session count outlives the last session, and how far
 *     apart the purchases of one order may lie
 * @param visitorMaxBytes a larger state is cut down to its last session, and that one to sums
 * @param splits what else starts a new session
 * @param bots the limits beyond which a session is a program's
 * @param goals the conditions that are counted
 * @param firstRevision the number of a session's first row; above zero only where another
 *     application has written rows of the same sessions, which the new ones must replace
 */
public record SessionRules(
    Duration gap,
    Duration grace,
    Duration allowedLateness,
    Duration maxDuration,
    int maxEvents,
    Duration visitorMemory,
    int visitorMaxBytes,
    Splits splits,
    BotRules bots,
    Goals goals,
    int firstRevision) {
  public static final int VISITOR_MAX_BYTES = 4 << 20;
  public static final int MAX_EVENTS = 20_000;

  /**
   * Optional splits.
   *
   * @param atMidnight the zone whose midnight splits
   */
  public record Splits(boolean atCampaign, Optional<ZoneId> atMidnight) {
    public static final Splits NONE = new Splits(false, Optional.empty());
  }

  /** The usual limits, without optional splits. */
  public static SessionRules of(Duration gap, Duration grace, Duration allowedLateness) {
    return new SessionRules(
        gap,
        grace,
        allowedLateness,
        Duration.ofHours(24),
        MAX_EVENTS,
        Duration.ofDays(30),
        VISITOR_MAX_BYTES,
        Splits.NONE,
        BotRules.USUAL,
        Goals.NONE,
        0);
  }

  public SessionRules {
    if (gap.isNegative() || gap.isZero()) {
      throw new IllegalArgumentException("session-gap must be positive, is " + gap);
    }
    if (maxDuration.compareTo(gap) < 0) {
      throw new IllegalArgumentException(
          "session-max-duration " + maxDuration + " is shorter than session-gap " + gap);
    }
    if (maxEvents < 1) {
      throw new IllegalArgumentException("session-max-events must be positive, is " + maxEvents);
    }
  }

  /** The same rules without limits on what is kept: for a run over files, not for a service. */
  public SessionRules unbounded() {
    return new SessionRules(
        gap,
        grace,
        allowedLateness,
        maxDuration,
        Integer.MAX_VALUE,
        visitorMemory,
        Integer.MAX_VALUE,
        splits,
        bots,
        goals,
        firstRevision);
  }

  /** The same rules with goals. */
  public SessionRules with(Goals counted) {
    return new SessionRules(
        gap,
        grace,
        allowedLateness,
        maxDuration,
        maxEvents,
        visitorMemory,
        visitorMaxBytes,
        splits,
        bots,
        counted,
        firstRevision);
  }

  /** The number of folded events whose ids are kept: a quarter of the visitor's bytes. */
  public int foldedIds() {
    return visitorMaxBytes / (4 * Long.BYTES);
  }

  /** The watermark at which a session that ends then may be emitted. */
  public long closesAt(long end) {
    return end + gap.toMillis() + grace.toMillis() + 1;
  }

  /** The watermark at which nothing that is still accepted can touch a session that ends then. */
  public long forgettableAt(long end) {
    return end + gap.toMillis() + allowedLateness.toMillis() + 1;
  }

  public long forgottenAt(long end) {
    return Math.max(forgettableAt(end), end + visitorMemory.toMillis());
  }

  /**
   * The most milliseconds between two purchases of one order. All of a session lie closer together.
   */
  public long orderMemory() {
    return Math.max(visitorMemory.toMillis(), longestSession().toMillis());
  }

  /** The watermark from which on no purchase is accepted that can repeat one of that time. */
  public long orderForgottenAt(long purchase) {
    return purchase + orderMemory() + allowedLateness.toMillis() + 1;
  }

  /** No purchase that is accepted at a watermark can repeat one that lies before this time. */
  public long orderMattersFrom(long watermark) {
    return watermark == Long.MIN_VALUE
        ? watermark
        : watermark - orderMemory() - allowedLateness.toMillis();
  }

  /**
   * No session that starts before changes any more, once all that was due at a watermark is
   * settled. What changes a session is an event that lies at most the lateness before the
   * watermark, or one whose session is not closed yet. The session starts at most a longest session
   * before the event.
   */
  public long unchangedBefore(long settled) {
    long event = Math.max(allowedLateness.toMillis(), gap.toMillis() + grace.toMillis() + 1);
    return settled - event - longestSession().toMillis() - gap.toMillis() - 1;
  }

  /**
   * No session is longer. Folds lie wholly in a session, so an early event can make it longer than
   * the maximum, but only by the lateness.
   */
  public Duration longestSession() {
    return maxDuration.plus(allowedLateness);
  }

  /** How long a session can change, counted from its start. */
  public Duration changeableFor() {
    return Duration.ofMillis(-unchangedBefore(0));
  }

  public boolean isTooLate(long time, long watermark) {
    return watermark != Long.MIN_VALUE && time < watermark - allowedLateness.toMillis();
  }
}
