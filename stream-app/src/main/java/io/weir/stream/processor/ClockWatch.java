package io.weir.stream.processor;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A watch on this machine's clock by the append times of raw records, which the brokers set. A
 * record cannot be read before it is appended, so one glance tells that the clock is late. That it
 * is early shows when for a minute no record is young, although none waited to be read when the
 * minute began, and none waits now.
 */
final class ClockWatch {
  private static final long MINUTE = 60_000;

  /** How far a clock may be wrong. */
  private static final long ALLOWED = MINUTE;

  private final Voice voice;
  private final LagProbe lag;
  private long begin = Long.MIN_VALUE;
  private long youngest = Long.MAX_VALUE;
  private boolean hadBacklog;

  ClockWatch(Voice voice, LagProbe lag) {
    this.voice = voice;
    this.lag = lag;
  }

  /** Takes notice of a raw record that is read now. */
  void read(int partition, long appendTime, long now) {
    long age = now - appendTime;
    if (age < -ALLOWED) {
      voice.say(now, "late", -age);
    }
    if (now < begin || now - MINUTE >= begin + MINUTE) {
      begin(partition, now, age);
      return;
    }
    youngest = Math.min(youngest, age);
    if (now >= begin + MINUTE) {
      if (youngest > ALLOWED && !hadBacklog && !hasBacklog(partition)) {
        voice.say(now, "early", youngest);
      }
      begin(partition, now, Long.MAX_VALUE);
    }
  }

  private void begin(int partition, long now, long age) {
    begin = now;
    youngest = age;
    hadBacklog = hasBacklog(partition);
  }

  private boolean hasBacklog(int partition) {
    return lag.lag(partition).orElse(1) != 0;
  }

  /** What the tasks of a process say, at most every ten minutes. */
  static final class Voice {
    private static final long SILENCE = 10 * MINUTE;

    private final Consumer<String> out;
    private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);

    Voice(Consumer<String> out) {
      this.out = out;
    }

    private void say(long now, String what, long milliseconds) {
      long until = quietUntil.get();
      if (now >= until && quietUntil.compareAndSet(until, now + SILENCE)) {
        out.accept(
            "the clock of this machine is %d s %s, compared with the brokers of Kafka; let NTP set"
                    .formatted(milliseconds / 1000, what)
                + " the clocks of all machines. Sessions of quiet partitions close by this clock"
                + " (WEIR_STREAM_IDLE_TIMEOUT)");
      }
    }
  }
}
