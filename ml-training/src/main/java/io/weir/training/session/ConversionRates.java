package io.weir.training.session;

import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import java.util.Comparator;
import java.util.List;

/** The share of sessions that converted, by campaign and by landing page. */
final class ConversionRates {
  private static final long DAY_MS = 24 * 3_600_000L;

  /** So long after its last event a session has ended. */
  private static final long GAP_MS = 30 * 60_000;

  private final RateLearning campaigns = new RateLearning();
  private final RateLearning landings = new RateLearning();

  /**
   * Sets in the vector of each session the shares of the days before its own (UTC): those of the
   * sessions that had ended before midnight.
   *
   * @param sessions in the order of their start
   */
  void learn(List<LabelledSession> sessions) {
    List<LabelledSession> ended =
        sessions.stream().sorted(Comparator.comparingLong(LabelledSession::end)).toList();
    int learnt = 0;
    for (LabelledSession session : sessions) {
      long midnight = Math.floorDiv(session.start(), DAY_MS) * DAY_MS;
      while (learnt < ended.size() && ended.get(learnt).end() + GAP_MS < midnight) {
        add(ended.get(learnt++));
      }
      SessionFeatures.rate(
          session.vector(),
          new SessionRates.Seen(
              campaigns.rate(session.campaign()), landings.rate(session.landing())));
    }
    while (learnt < ended.size()) {
      add(ended.get(learnt++));
    }
  }

  private void add(LabelledSession session) {
    campaigns.add(session.campaign(), session.isConverted());
    landings.add(session.landing(), session.isConverted());
  }

  SessionRates ofAllDays() {
    return new SessionRates(campaigns.table(), landings.table());
  }
}
