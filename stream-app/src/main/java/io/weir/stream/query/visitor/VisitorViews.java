package io.weir.stream.query.visitor;

import io.weir.stream.ops.ClickScores;
import io.weir.stream.ops.ClickScores.KnownClick;
import io.weir.stream.ops.ScoreReason;
import io.weir.stream.ops.Scores;
import io.weir.stream.ops.Scores.KnownScore;
import io.weir.stream.query.visitor.VisitorAnswer.ClickScoreAnswer;
import io.weir.stream.query.visitor.VisitorAnswer.Event;
import io.weir.stream.query.visitor.VisitorAnswer.ReturnScoreAnswer;
import io.weir.stream.query.visitor.VisitorAnswer.ScoreAnswer;
import io.weir.stream.session.Moment;
import io.weir.stream.session.SessionView;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The views of a visitor's state that callers may ask for. */
public final class VisitorViews {
  private static final int RECENT = 10;
  private static final int TIMELINE = 50;

  private final Sessionizer sessionizer;
  private final Scores scores;
  private final ClickScores clicks;
  private final UnaryOperator<String> storedIds;

  /**
   * Creates the views.
   *
   * @param storedIds maps a visitor's id to the id that sessions and scores know the visitor by
   */
  public VisitorViews(
      SessionRules rules, Scores scores, ClickScores clicks, UnaryOperator<String> storedIds) {
    this(new Sessionizer(rules), scores, clicks, storedIds);
  }

  private VisitorViews(
      Sessionizer sessionizer, Scores scores, ClickScores clicks, UnaryOperator<String> storedIds) {
    this.storedIds = storedIds;
    this.sessionizer = sessionizer;
    this.scores = scores;
    this.clicks = clicks;
  }

  /** The same views, for callers who name a visitor by the id that the state has. */
  public VisitorViews byStoredIds() {
    return new VisitorViews(sessionizer, scores, clicks, UnaryOperator.identity());
  }

  public VisitorQuery visitor(String visitor) {
    return new VisitorQuery(
        visitor,
        state -> Optional.of(visitor(visitor, state)),
        "no visitor " + visitor + " in the last days");
  }

  private VisitorAnswer visitor(String visitor, VisitorState state) {
    List<SessionAnswer> sessions = newestFirst(visitor, state);
    String stored = storedIds.apply(visitor);
    boolean isOpen = !sessions.isEmpty() && sessions.getFirst().isOpen();
    return new VisitorAnswer(
        visitor,
        isOpen ? sessions.getFirst() : null,
        sessions.stream().skip(isOpen ? 1 : 0).limit(RECENT).toList(),
        Moment.last(state, TIMELINE).stream().map(moment -> event(moment, stored)).toList(),
        score(stored),
        scores.ofReturn(stored).map(VisitorViews::returns).orElse(null));
  }

  public VisitorQuery sessions(String visitor, int limit, long before) {
    return new VisitorQuery(
        visitor,
        state -> Optional.of(page(newestFirst(visitor, state), visitor, limit, before)),
        "no visitor " + visitor + " in the last days");
  }

  private static SessionPage page(
      List<SessionAnswer> sessions, String visitor, int limit, long before) {
    List<SessionAnswer> rest =
        sessions.stream()
            .filter(session -> Instant.parse(session.start()).toEpochMilli() < before)
            .toList();
    List<SessionAnswer> page = rest.subList(0, Math.min(limit, rest.size()));
    return new SessionPage(
        visitor, page, page.size() < rest.size() ? page.getLast().start() : null);
  }

  public VisitorQuery session(String visitor, String key) {
    return new VisitorQuery(
        visitor,
        state ->
            newestFirst(visitor, state).stream()
                .filter(session -> session.sessionKey().equals(key))
                .findFirst(),
        "visitor " + visitor + " has no session " + key + " in memory");
  }

  /** The session that goes on, as the topic would have it if it closed now. */
  public VisitorQuery openSession(String visitor) {
    return new VisitorQuery(
        visitor,
        state ->
            sessionizer.view(storedIds.apply(visitor), state).reversed().stream()
                .findFirst()
                .filter(view -> !view.isEmitted())
                .map(view -> OpenSessionAnswer.found(visitor, TopicFields.of(view.session()))),
        "visitor " + visitor + " is not known, or has no open session");
  }

  private List<SessionAnswer> newestFirst(String visitor, VisitorState state) {
    return sessionizer.view(storedIds.apply(visitor), state).reversed().stream()
        .map(VisitorViews::answer)
        .toList();
  }

  private static SessionAnswer answer(SessionView view) {
    return SessionAnswer.of(view.session(), view.isEmitted() ? "closed" : SessionAnswer.OPEN);
  }

  private Event event(Moment moment, String stored) {
    return new Event(
        Instant.ofEpochMilli(moment.time()).toString(),
        moment.type(),
        moment.page(),
        moment.products(),
        moment.isLate(),
        moment.ad(),
        clicks.of(stored, moment.idHash()).map(VisitorViews::answer).orElse(null));
  }

  private static ClickScoreAnswer answer(KnownClick score) {
    return new ClickScoreAnswer(
        score.value(), score.model(), Instant.ofEpochMilli(score.scoredAt()).toString());
  }

  private @Nullable ScoreAnswer score(String stored) {
    return scores
        .of(stored)
        .map(score ->
            new ScoreAnswer(
                score.sessionKey(),
                score.value(),
                score.model(),
                Instant.ofEpochMilli(score.scoredAt()).toString(),
                score.reasons().stream().map(VisitorViews::reason).toList()))
        .orElse(null);
  }

  private static ReturnScoreAnswer returns(KnownScore score) {
    return new ReturnScoreAnswer(
        score.sessionKey(),
        score.value(),
        score.model(),
        Instant.ofEpochMilli(score.scoredAt()).toString(),
        score.reasons().stream().map(VisitorViews::reason).toList());
  }

  private static ScoreAnswer.Reason reason(ScoreReason reason) {
    return new ScoreAnswer.Reason(reason.feature(), reason.value(), reason.contribution());
  }
}
