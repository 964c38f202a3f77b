package io.weir.training.session;

import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A session that waits for its events, to be cut. */
final class CutSession {
  static final Comparator<SessionStep> IN_TIME =
      Comparator.comparingLong(SessionStep::time).thenComparingLong(SessionStep::order);

  /** So many events may have the time of the last one before the purchase, and come after it. */
  private static final int MOST_TIES = 64;

  private final Session session;
  private final int[] lengths;
  private final ArrayList<SessionStep> steps = new ArrayList<>(2);
  private boolean isOverfull;

  /**
   * A session without its events.
   *
   * @param session with features, origin and history
   */
  CutSession(Session session, CutPlan plan) {
    this.session = session;
    this.lengths = new int[plan.perSession()];
    for (int number = 0; number < lengths.length; number++) {
      lengths[number] = plan.length(session.getSessionKey(), number, events());
    }
    Arrays.sort(lengths);
  }

  /** The number of events up to the first purchase, or all of them where there is none. */
  int events() {
    return session.getFeatures().getEvents();
  }

  String visitor() {
    return session.getVisitorId();
  }

  long start() {
    return session.getStartTime();
  }

  /** The time of the last of these events. */
  long end() {
    return session.getStartTime() + session.getFeatures().getDurationMs();
  }

  /** Adds an event between start and end, of any order. */
  void add(SessionStep step) {
    if (steps.size() == events() + MOST_TIES) {
      isOverfull = true;
      steps.clear();
      steps.trimToSize();
    }
    if (!isOverfull) {
      steps.add(step);
    }
  }

  /**
   * The prefixes; none if the events are not those that the session was made of, because some are
   * gone or another visitor has them now.
   */
  List<SessionCut> cuts() {
    steps.sort(IN_TIME);
    if (isOverfull || steps.size() < events() || !isWhole()) {
      return List.of();
    }
    var prefix = new SessionPrefix(session, steps);
    var cuts = new ArrayList<SessionCut>(lengths.length);
    for (int length : lengths) {
      prefix.extendTo(length);
      Session soFar = prefix.session();
      cuts.add(
          new SessionCut(
              SessionFeatures.ofOpen(soFar, SessionRates.Seen.NOTHING).values(),
              SessionRates.campaign(soFar) != null,
              SessionRates.landing(soFar) != null));
    }
    return cuts;
  }

  /** Whether the events give the features that the session has. */
  private boolean isWhole() {
    var prefix = new SessionPrefix(session, steps);
    prefix.extendTo(events());
    Session again = prefix.session();
    // An event after the purchase may have told the origin.
    return session.getIsConverted()
        ? again.getFeatures().equals(session.getFeatures())
        : Arrays.equals(vector(again), vector(session));
  }

  private static float[] vector(Session session) {
    return SessionFeatures.of(session, SessionRates.Seen.NOTHING).values();
  }
}
