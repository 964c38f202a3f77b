package io.weir.ingest.broker;

import io.weir.process.Stop;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** The stream application behind the topic, and its limits for events of the past. */
public final class History {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Optional<StreamApp> stream;
  private final Clock clock;
  private final boolean isLateFine;
  private final boolean isClosing;
  private final Duration patience;

  /**
   * A view of a stream application.
   *
   * @param isLateFine whether to send events that join no session
   * @param isClosing whether to close sessions at the end of the data
   * @param patience how long to wait until the stream application has processed the sent events
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

  /** Refuses event times that join no session in the stream application as it is now. */
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

  /** The time of closing events for data that end at {@code lastTime}; empty if none are needed. */
  public OptionalLong closingTime(long lastTime) {
    if (!isClosing || stream.isEmpty()) {
      return OptionalLong.empty();
    }
    HistoryRules rules = stream.get().rules();
    long time = lastTime + rules.closeAfter().toMillis() + 1;
    boolean isPast = time <= clock.millis();
    return isPast ? OptionalLong.of(time) : OptionalLong.empty();
  }

  /** The present counters, to compare later ones with. */
  public Optional<Outcome> counters() {
    return stream.map(StreamApp::counters);
  }

  /** The difference of the counters since then, once no work is left or the patience ends. */
  public Optional<Outcome> since(Optional<Outcome> before, Stop stop) {
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
}
