package io.weir.ingest.broker;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** How the stream application behind the topic takes events of the past, if it can be asked. */
public final class History {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Optional<StreamApp> stream;
  private final Clock clock;
  private final boolean isLateFine;
  private final boolean isClosing;
  private final Duration patience;

  /**
   * @param isLateFine whether events may be sent that join no session
   * @param isClosing whether sessions are to be closed at the end of the data
   * @param patience for the stream application to work off what was sent
   */
  public History(
      Optional<StreamApp> stream,
      Clock clock,
      boolean isLateFine,
      boolean isClosing,
      Duration patience) {
    this.stream = stream;
    this.clock = clock;
    this.isLateFine = isLateFine;
    this.isClosing = isClosing;
    this.patience = patience;
  }

  /** Refuses event times that the stream application, as it is now, takes into no session. */
  public LongConsumer gate() {
    if (isLateFine || stream.isEmpty()) {
      return _ -> {};
    }
    HistoryRules rules = stream.get().rules();
    long now = clock.millis();
    return time -> {
      if (!rules.takes(time, now)) {
        throw new TooOldException(time, rules.oldest(now), rules.rejects(time, now));
      }
    };
  }

  /** The time of closing events behind data that end then; empty where none are needed. */
  public OptionalLong closingTime(long lastTime) {
    if (!isClosing || stream.isEmpty()) {
      return OptionalLong.empty();
    }
    HistoryRules rules = stream.get().rules();
    long time = lastTime + rules.closeAfter().toMillis() + 1;
    boolean isPast = time <= clock.millis();
    return isPast ? OptionalLong.of(time) : OptionalLong.empty();
  }

  /** The counters now, to compare with later. */
  public Optional<Outcome> counters() {
    return stream.map(StreamApp::counters);
  }

  /** What was done since, once nothing is left to do or the patience ends. */
  public Optional<Outcome> since(Optional<Outcome> before, StopSign stop) {
    if (before.isEmpty() || patience.isZero()) {
      return Optional.empty();
    }
    long deadline = clock.millis() + patience.toMillis();
    boolean wasSettled = false;
    while (true) {
      stop.pause(POLL.toMillis());
      Outcome now = stream.orElseThrow().counters();
      boolean isOver = clock.millis() > deadline || stop.isRequested();
      if ((now.isSettled() && wasSettled) || isOver) {
        return Optional.of(now.since(before.get()));
      }
      wasSettled = now.isSettled();
    }
  }

  /** Waits, and knows when to stop waiting. */
  public interface StopSign {
    void pause(long millis);

    boolean isRequested();
  }
}
