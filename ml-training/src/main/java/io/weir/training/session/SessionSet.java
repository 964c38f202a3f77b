package io.weir.training.session;

import io.weir.contract.avro.Session;
import io.weir.model.feature.Feature;
import io.weir.model.feature.SessionRates;
import io.weir.training.session.LakeSessions.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest revision of each session that was read. */
public final class SessionSet {
  private final Map<String, LabelledSession> newest = new LinkedHashMap<>();
  private final ConversionRates rates = new ConversionRates();
  private final String name;
  private final @Nullable Long snapshot;
  private final Range range;

  SessionSet(String name, @Nullable Long snapshot, Range range) {
    this.name = name;
    this.snapshot = snapshot;
    this.range = range;
  }

  void add(Session session) {
    LabelledSession known = newest.get(session.getSessionKey());
    if (known == null || known.revision() < session.getRevision()) {
      newest.put(session.getSessionKey(), LabelledSession.of(session, SessionRates.NONE));
    }
  }

  /**
   * The sessions to train on in an order that does not depend on the order of the files: by start,
   * then by key.
   */
  List<LabelledSession> usable() {
    return newest.entrySet().stream()
        .filter(entry -> entry.getValue().isUsable())
        .sorted(
            java.util.Comparator.comparingLong(
                    (Map.Entry<String, LabelledSession> entry) -> entry.getValue().start())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The sessions as rows to train on. To be called once. */
  public LabelledRows rows() {
    List<LabelledSession> sessions = usable();
    rates.learn(sessions);
    SessionRates served = rates();
    return new LabelledRows(
        "sessions",
        new LabelledRows.Source(name, snapshot, range),
        List.of(Feature.CAMPAIGN_RATE.fieldName(), Feature.LANDING_RATE.fieldName()),
        sessions.stream().map(session -> row(session, served)).toList(),
        leftOut(),
        empty());
  }

  private static LabelledRow row(LabelledSession session, SessionRates served) {
    float[] rates = {
      served.campaign().rate(session.campaign()), served.landing().rate(session.landing())
    };
    return new LabelledRow(
        session.visitor(), session.start(), session.isConverted(), session.vector(), rates);
  }

  /** The rates of all days, for sessions of later ones. Known after {@link #rows}. */
  public SessionRates rates() {
    return rates.ofAllDays();
  }

  /** The number of sessions of bots, and of retracted ones. */
  int leftOut() {
    return count(session -> !session.isUsable() && !session.isEmpty());
  }

  /** The number of sessions without an event before their outcome. */
  int empty() {
    return count(LabelledSession::isEmpty);
  }

  private int count(Predicate<LabelledSession> kind) {
    return (int) newest.values().stream().filter(kind).count();
  }

  /** The snapshot of the table; null for a file. */
  @Nullable Long snapshot() {
    return snapshot;
  }
}
