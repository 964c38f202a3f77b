package io.weir.simulator;

import io.weir.process.Surroundings;
import io.weir.process.terminal.RunningLine;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The line that says how many records were sent, and how fast since the line before. */
final class SentLine implements Runnable {
  /** For work somebody waits for. */
  static final Duration SHORT = Duration.ofSeconds(3);

  /** For work without end. */
  static final Duration LONG = Duration.ofMinutes(1);

  private final RunningLine line;
  private final LongSupplier sent;
  private final LongSupplier nanos;
  private long lastTime;
  private long lastSent;

  SentLine(Duration between, LongSupplier sent, Surroundings surroundings) {
    this.nanos = surroundings.nanos();
    this.line = RunningLine.staying(surroundings.terminal().err(), between, nanos);
    this.sent = sent;
    this.lastTime = nanos.getAsLong();
  }

  @Override
  public void run() {
    line.show(this::text);
  }

  private String text() {
    long time = nanos.getAsLong();
    long count = sent.getAsLong();
    double rate = (count - lastSent) * 1e9 / Math.max(1, time - lastTime);
    lastTime = time;
    lastSent = count;
    return String.format(Locale.ROOT, "%,d records sent, %,.0f/s", count, rate);
  }
}
