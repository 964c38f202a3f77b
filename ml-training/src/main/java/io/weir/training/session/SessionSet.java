package io.weir.training.session;

import io.weir.contract.avro.Session;
import io.weir.model.feature.Feature;
import io.weir.model.feature.SessionRates;
import io.weir.training.session.LakeSessions.Range;
import java.util.Comparator;
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
  private final SessionCuts cuts;
  private @Nullable Long eventsSnapshot;

  SessionSet(String name, @Nullable Long snapshot, Range range) {
    this(name, snapshot, range, CutPlan.NONE);
  }

  SessionSet(String name, @Nullable Long snapshot, Range range, CutPlan plan) {
    this.name = name;
    this.snapshot = snapshot;
    this.range = range;
    this.cuts = new SessionCuts(plan);
  }

  void add(Session session) {
    LabelledSession known = newest.get(session.getSessionKey());
    if (known == null || known.revision() < session.getRevision()) {
      LabelledSession labelled = LabelledSession.of(session, SessionRates.NONE);
      newest.put(session.getSessionKey(), labelled);
      cuts.note(session, labelled.isUsable());
    }
  }

  /** The sessions that wait for their events. */
  SessionCuts cuts() {
    return cuts;
  }

  /** Says where the events came from. */
  void cutBy(long snapshotOfEvents) {
    eventsSnapshot = snapshotOfEvents;
  }

  /**
   * The sessions to train on in an order that does not depend on the order of the files: by start,
   * then by key.
   */
  List<LabelledSession> usable() {
    return inOrder().stream().map(Map.Entry::getValue).toList();
  }

  private List<Map.Entry<String, LabelledSession>> inOrder() {
    return newest.entrySet().stream()
        .filter(entry -> entry.getValue().isUsable())
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, LabelledSession> entry) -> entry.getValue().start())
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  /** The sessions as rows to train on. To be called once. */
  public LabelledRows rows() {
    List<Map.Entry<String, LabelledSession>> sessions = inOrder();
    rates.learn(sessions.stream().map(Map.Entry::getValue).toList());
    SessionRates served = rates();
    List<LabelledRow> rows =
        sessions.stream().map(entry -> row(entry.getKey(), entry.getValue(), served)).toList();
    return new LabelledRows(
        "sessions",
        new LabelledRows.Source(name, snapshot, range, cutReport()),
        List.of(Feature.CAMPAIGN_RATE.fieldName(), Feature.LANDING_RATE.fieldName()),
        rows,
        leftOut(),
        empty());
  }

  private LabelledRow row(String key, LabelledSession session, SessionRates served) {
    float[] seen = {
      served.campaign().rate(session.campaign()), served.landing().rate(session.landing())
    };
    return new LabelledRow(
        session.visitor(),
        session.start(),
        session.isConverted(),
        session.vector(),
        seen,
        cuts.of(key).stream().map(cut -> cut.ratedAs(session.vector())).toList());
  }

  private @Nullable CutReport cutReport() {
    return cuts.isWanted()
        ? new CutReport(
            cuts.plan().perSession(),
            eventsSnapshot,
            cuts.cut(),
            cuts.unlike(),
            cuts.share(),
            false)
        : null;
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
