package io.weir.simulator.publish;

import io.weir.process.kafka.EventPublisher;
import io.weir.simulator.json.JsonBuffer;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends recorded lines in their order, with the pauses between their times. */
public final class ReplayLoop implements Step {
  private static final int MOST = 500;
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final LineReader lines;
  private final EventPublisher publisher;
  private final Pace pace;
  private final LongSupplier now;
  private final JsonBuffer shifted = new JsonBuffer(4_096);
  private @Nullable RecordedEvent next;
  private long begun = NOT_BEGUN;
  private long firstTime = RecordedEvent.NO_TIME;
  private long due;
  private long sent;
  private long withoutKey;
  private boolean finished;

  /** The speed of a replay (infinity: no pauses), and the shift of its times. */
  public record Pace(double speed, long shift) {}

  public ReplayLoop(LineReader lines, EventPublisher publisher, Pace pace, LongSupplier now) {
    this.lines = lines;
    this.publisher = publisher;
    this.pace = pace;
    this.now = now;
  }

  @Override
  public int doWork() {
    long time = now.getAsLong();
    if (begun == NOT_BEGUN) {
      begun = time;
      due = time;
    }
    int done = 0;
    while (done < MOST) {
      RecordedEvent event = next == null ? read() : next;
      next = event;
      if (event == null) {
        finished = true;
        return done;
      }
      if (due > time) {
        break;
      }
      send(event);
      next = null;
      done++;
    }
    if (done == 0) {
      publisher.idle();
    }
    return done;
  }

  private @Nullable RecordedEvent read() {
    if (!lines.next()) {
      return null;
    }
    RecordedEvent event = RecordedEvent.read(lines.line(), lines.length());
    if (event.time() != RecordedEvent.NO_TIME) {
      if (firstTime == RecordedEvent.NO_TIME) {
        firstTime = event.time();
      }
      due = Math.max(due, begun + (long) ((event.time() - firstTime) / pace.speed()));
    }
    return event;
  }

  private void send(RecordedEvent event) {
    byte[] key = event.key();
    if (pace.shift() == 0) {
      publisher.publish(key, lines.line(), lines.length());
    } else {
      event.shift(lines.line(), lines.length(), pace.shift(), shifted);
      publisher.publish(key, shifted.bytes(), shifted.length());
    }
    sent++;
    withoutKey += key == null ? 1 : 0;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  public long sent() {
    return sent;
  }

  /** The number of lines that name no visitor or are no JSON. */
  public long withoutKey() {
    return withoutKey;
  }

  /** The number of lines that are too long for any broker. */
  public long tooLong() {
    return lines.tooLong();
  }

  /** The latest event time of a file; empty if no line has one. */
  public static OptionalLong lastTime(LineReader lines) {
    long last = RecordedEvent.NO_TIME;
    while (lines.next()) {
      last = Math.max(last, RecordedEvent.read(lines.line(), lines.length()).time());
    }
    return last == RecordedEvent.NO_TIME ? OptionalLong.empty() : OptionalLong.of(last);
  }
}
