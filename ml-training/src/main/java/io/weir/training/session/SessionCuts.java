package io.weir.training.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes of the sessions of a training. First it is told the sessions, then their events, in
 * any order. Beyond a number of events it takes half of the sessions, a quarter and so on, chosen
 * by a hash of their keys: a session is cut with all of its events or not at all.
 */
public final class SessionCuts {
  /** About 400 MB. */
  private static final long MOST_EVENTS = 4_000_000;

  /** A session takes as much memory as so many of its events. */
  private static final int OF_SESSION = 8;

  /** The vector of a prefix takes as much memory as so many events. */
  private static final long OF_PREFIX = 4;

  private static final String PURCHASE = "purchase";

  private final CutPlan plan;
  private final long mostEvents;
  private final KeySample sample = new KeySample();
  private final Map<String, CutSession> waiting = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();
  private Map<String, TreeMap<Long, CutSession>> visitors = Map.of();
  private long held;
  private int cut;
  private int unlike;

  public SessionCuts(CutPlan plan) {
    this(plan, MOST_EVENTS);
  }

  SessionCuts(CutPlan plan, long mostEvents) {
    this.plan = plan;
    this.mostEvents = mostEvents;
  }

  public boolean isWanted() {
    return plan.perSession() > 0;
  }

  CutPlan plan() {
    return plan;
  }

  /** Takes the newest revision of a session in place of an earlier one. */
  void note(Session session, boolean isUsable) {
    if (!isWanted()) {
      return;
    }
    forget(session.getSessionKey());
    if (isUsable && sample.isDrawn(session.getSessionKey())) {
      var added = new CutSession(slim(session), plan);
      waiting.put(session.getSessionKey(), added);
      held += cost(added);
      while (held > mostEvents) {
        sample.halve();
        waiting.keySet().removeIf(key -> !sample.isDrawn(key));
        held = waiting.values().stream().mapToLong(this::cost).sum();
      }
    }
  }

  private void forget(String key) {
    CutSession former = waiting.remove(key);
    held -= former == null ? 0 : cost(former);
  }

  private long cost(CutSession session) {
    return session.events() + OF_SESSION + OF_PREFIX * plan.perSession();
  }

  /** The fields that the features need. Equal words are one object. */
  private Session slim(Session session) {
    var slim = new Session();
    slim.setSessionKey(session.getSessionKey());
    slim.setVisitorId(session.getVisitorId());
    slim.setStartTime(session.getStartTime());
    slim.setVisitorSessionNumber(session.getVisitorSessionNumber());
    slim.setMsSincePreviousSession(session.getMsSincePreviousSession());
    slim.setReferrerClass(word(session.getReferrerClass()));
    slim.setCampaignSource(word(session.getCampaignSource()));
    slim.setCampaignMedium(word(session.getCampaignMedium()));
    slim.setCampaignName(word(session.getCampaignName()));
    slim.setDevice(word(session.getDevice()));
    slim.setBrowser(word(session.getBrowser()));
    slim.setOs(word(session.getOs()));
    slim.setCountry(word(session.getCountry()));
    slim.setEntryPage(word(session.getEntryPage()));
    slim.setIsConverted(session.getIsConverted());
    slim.setFunnelViewTime(session.getFunnelViewTime());
    slim.setFunnelCartTime(session.getFunnelCartTime());
    slim.setFunnelCheckoutTime(session.getFunnelCheckoutTime());
    slim.setFeatures(session.getFeatures());
    return slim;
  }

  private @Nullable String word(@Nullable String word) {
    return word == null ? null : words.computeIfAbsent(word, same -> same);
  }

  /** The time of the first event that is wanted; to be called when all sessions are known. */
  long from() {
    return waiting.values().stream().mapToLong(CutSession::start).min().orElse(0);
  }

  /** The time of the last one. */
  long to() {
    return waiting.values().stream().mapToLong(CutSession::end).max().orElse(0);
  }

  /** Adds an event of the contract. Those of other sessions and from a purchase on are ignored. */
  void add(EnrichedEvent event) {
    if (visitors.isEmpty()) {
      visitors = new HashMap<>();
      waiting
          .values()
          .forEach(each ->
              visitors
                  .computeIfAbsent(each.visitor(), _ -> new TreeMap<>())
                  .put(each.start(), each));
    }
    TreeMap<Long, CutSession> sessions = visitors.get(event.getVisitorId());
    if (sessions == null || event.getEventType().equals(PURCHASE)) {
      return;
    }
    Map.Entry<Long, CutSession> found = sessions.floorEntry(event.getEventTime());
    if (found != null && event.getEventTime() <= found.getValue().end()) {
      found.getValue().add(SessionStep.of(event));
    }
  }

  /** The prefixes of a session. To be called once for each session, when all events are known. */
  List<SessionCut> of(String key) {
    visitors = Map.of();
    CutSession session = waiting.remove(key);
    if (session == null) {
      return List.of();
    }
    List<SessionCut> cuts = session.cuts();
    cut += cuts.isEmpty() ? 0 : 1;
    unlike += cuts.isEmpty() ? 1 : 0;
    return cuts;
  }

  /** The number of sessions that were cut. */
  int cut() {
    return cut;
  }

  /** The number of sessions whose events do not give the session. */
  int unlike() {
    return unlike;
  }

  /** The share of sessions that were to be cut. */
  double share() {
    return sample.share();
  }
}
