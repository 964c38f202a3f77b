package io.weir.training.returning;

import io.weir.contract.avro.Session;
import io.weir.model.feature.ReturnFeatures;
import io.weir.process.StartupException;
import io.weir.training.session.LabelledRow;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeSessions.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The newest revision of each session that was read, and whether its visitor came back: another
 * session of the same visitor starts at the session's end or later, at most 7 days after it. Only
 * sessions that are old enough have an outcome, whichever it is.
 */
public final class ReturnSet {
  /** A return counts until then, this moment included. */
  static final Duration WINDOW = Duration.ofDays(7);

  /** So long a session may stay open before it is in the table, if none lasted longer. */
  static final Duration OPEN = Duration.ofDays(1);

  /** So long after a session its outcome is known. */
  public static final Duration DELAY = WINDOW.plus(OPEN);

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final float[] NOTHING = {};
  private static final float[] NO_RATES = {};
  private static final Comparator<Closed> IN_TIME =
      Comparator.comparingLong(Closed::start).thenComparing(Closed::key);

  private final Map<String, Closed> newest = new HashMap<>();
  private final LabelledRows.Source source;
  private final Function<Session, float[]> features;
  private long laterEnd = Long.MIN_VALUE;
  private long longestOther;

  public ReturnSet(LabelledRows.Source source) {
    this(source, ReturnFeatures::of);
  }

  private ReturnSet(LabelledRows.Source source, Function<Session, float[]> features) {
    this.source = source;
    this.features = features;
  }

  /** A set that tells outcomes and makes no rows. */
  static ReturnSet ofOutcomes(LabelledRows.Source source) {
    return new ReturnSet(source, _ -> NOTHING);
  }

  /** Looks at a session whose outcome is known. */
  @FunctionalInterface
  public interface Outcomes {
    void see(String sessionKey, int revision, boolean hasReturned);
  }

  /** One session; those of bots and retracted ones are no rows and no returns. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Closed(
      String key,
      int revision,
      String visitor,
      long start,
      long end,
      boolean isUsable,
      boolean isGone,
      float[] vector) {

    boolean isFollowedBy(Closed other) {
      return other.start >= end && other.start <= end + WINDOW.toMillis();
    }
  }

  void add(Session session) {
    Closed known = newest.get(session.getSessionKey());
    if (known == null || known.revision < session.getRevision()) {
      newest.put(session.getSessionKey(), closed(session));
    }
  }

  /**
   * Takes the end of a session that starts after {@link #lastReturn}. Its duration changes nothing:
   * less 7 days and less that, no end is before the end of a session that was added.
   */
  void addLater(long end) {
    laterEnd = Math.max(laterEnd, end);
  }

  /** Takes the times of a session of a visitor who is not asked for. */
  void addOther(long start, long end) {
    addLater(end);
    longestOther = Math.max(longestOther, end - start);
  }

  /** Keeps the sessions of these visitors; of the others, their times. */
  void keep(Predicate<String> visitors) {
    newest
        .values()
        .removeIf(session -> {
          boolean isDropped = !visitors.test(session.visitor);
          if (isDropped && !session.isGone) {
            addOther(session.start, session.end);
          }
          return isDropped;
        });
  }

  /** A session that starts later is no return of those that were added; empty without any. */
  OptionalLong lastReturn() {
    OptionalLong end = newest.values().stream().mapToLong(Closed::end).max();
    return end.isEmpty() ? end : OptionalLong.of(end.getAsLong() + WINDOW.toMillis());
  }

  /** The number of sessions that are kept. */
  int size() {
    return newest.size();
  }

  private Closed closed(Session session) {
    boolean isGone = session.getIsRetracted();
    boolean isUsable = !isGone && !session.getIsBot();
    boolean isRow = isUsable && isInRange(session.getStartTime());
    return new Closed(
        session.getSessionKey(),
        session.getRevision(),
        session.getVisitorId(),
        session.getStartTime(),
        session.getEndTime(),
        isUsable,
        isGone,
        isRow ? features.apply(session) : NOTHING);
  }

  private boolean isInRange(long start) {
    Range range = source.range();
    return range.from().map(from -> start >= from.toEpochMilli()).orElse(true)
        && range.to().map(to -> start < to.toEpochMilli()).orElse(true);
  }

  /** The sessions that have an outcome, as rows in the order of their start. */
  public LabelledRows rows() {
    long decided = decidedUntil();
    var rows = new ArrayList<Labelled>();
    int undecided = label(decided, rows::add);
    if (rows.isEmpty() && undecided > 0) {
      throw new StartupException(tooYoung(decided));
    }
    rows.sort(Comparator.comparing(Labelled::session, IN_TIME));
    return new LabelledRows(
        "ended sessions",
        source,
        List.of(),
        rows.stream().map(Labelled::row).toList(),
        bots(),
        undecided);
  }

  /** Shows each session of the range that has an outcome. */
  void show(Outcomes outcomes) {
    int _ =
        label(
            decidedUntil(),
            each -> outcomes.see(each.session.key, each.session.revision, each.hasReturned));
  }

  /** Gives the sessions of the range that have an outcome, and returns how many have none yet. */
  private int label(long decided, Consumer<Labelled> consumer) {
    int undecided = 0;
    for (List<Closed> sessions : byVisitor().values()) {
      for (int at = 0; at < sessions.size(); at++) {
        Closed session = sessions.get(at);
        if (isInRange(session.start)) {
          if (session.end > decided) {
            undecided++;
          } else {
            consumer.accept(new Labelled(session, hasReturned(sessions, at)));
          }
        }
      }
    }
    return undecided;
  }

  /** A session with its outcome. */
  private record Labelled(Closed session, boolean hasReturned) {
    LabelledRow row() {
      return new LabelledRow(session.visitor, session.start, hasReturned, session.vector, NO_RATES);
    }
  }

  /** Each visitor's sessions in the order of time. */
  private Map<String, List<Closed>> byVisitor() {
    var visitors = new HashMap<String, List<Closed>>();
    for (Closed session : newest.values()) {
      if (session.isUsable) {
        visitors.computeIfAbsent(session.visitor, _ -> new ArrayList<>()).add(session);
      }
    }
    visitors.values().forEach(sessions -> sessions.sort(IN_TIME));
    return visitors;
  }

  private static boolean hasReturned(List<Closed> sessions, int at) {
    Closed session = sessions.get(at);
    int next = at + 1;
    while (next < sessions.size() && sessions.get(next).start < session.end) {
      next++;
    }
    return next < sessions.size() && session.isFollowedBy(sessions.get(next));
  }

  /**
   * A session that ended then or earlier has its outcome: all that could follow is in the table.
   */
  private long decidedUntil() {
    long latest = newestEnd();
    return latest == Long.MIN_VALUE ? latest : latest - WINDOW.toMillis() - longest();
  }

  private long newestEnd() {
    long end = present().mapToLong(Closed::end).max().orElse(Long.MIN_VALUE);
    return Math.max(end, laterEnd);
  }

  /** So long a session may be open: {@link #OPEN}, unless one lasted longer. */
  private long longest() {
    long seen = present().mapToLong(session -> session.end - session.start).max().orElse(0);
    return Math.max(OPEN.toMillis(), Math.max(longestOther, seen));
  }

  private Stream<Closed> present() {
    return newest.values().stream().filter(session -> !session.isGone);
  }

  private String tooYoung(long decided) {
    return "no session is old enough to have a label: the newest ended at %s, so only those that ended by %s"
            .formatted(Instant.ofEpochMilli(newestEnd()), Instant.ofEpochMilli(decided))
        + " have had 7 days, and %d h for sessions that are still open; wait, or choose an earlier --from or --to"
            .formatted(Math.ceilDiv(longest(), HOUR));
  }

  /** The number of sessions in the range that are of bots, or retracted. */
  private int bots() {
    return (int)
        newest.values().stream()
            .filter(session -> !session.isUsable && isInRange(session.start))
            .count();
  }
}
