package io.weir.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;

  private final List<String> said = new ArrayList<>();
  private final ClockWatch.Voice voice = new ClockWatch.Voice(said::add);

  @Test
  void recordOfTheFuture_meansALateClock() {
    watch(0).read(3, NOW + 5 * MINUTE, NOW);

    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("the clock of this machine is 300 s late");
  }

  @Test
  void clockThatIsALittleWrong_isNoNews() {
    minutes(watch(0), 5, -MINUTE);
    minutes(watch(0), 5, MINUTE);

    assertThat(said).isEmpty();
  }

  @Test
  void noYoungRecordAndNoBacklog_meanAnEarlyClock() {
    minutes(watch(0), 2, 5 * MINUTE);

    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("the clock of this machine is 300 s early");
  }

  @Test
  void backlog_isNoEarlyClock() {
    minutes(watch(17), 30, 5 * MINUTE);
    minutes(new ClockWatch(voice, _ -> OptionalLong.empty()), 30, 5 * MINUTE);

    assertThat(said).isEmpty();
  }

  /** The records of the last poll wait in the process, which the lag does not count. */
  @Test
  void endOfABacklog_isNoEarlyClock() {
    var backlog = new AtomicLong(1_000_000);
    var watch = new ClockWatch(voice, _ -> OptionalLong.of(backlog.get()));
    for (int second = 0; second < 600; second++) {
      backlog.set(second < 59 ? 100 : 0);
      watch.read(3, NOW - (second < 62 ? 5 * MINUTE : -second * SECOND), NOW + second * SECOND);
    }

    assertThat(said).isEmpty();
  }

  @Test
  void oneYoungRecord_isEnough() {
    ClockWatch watch = watch(0);
    for (int second = 0; second < 600; second++) {
      long now = NOW + second * SECOND;
      watch.read(3, now - (second % 50 == 0 ? 0 : 5 * MINUTE), now);
    }

    assertThat(said).isEmpty();
  }

  /** One record after each pause: what it waited for tells nothing. */
  @Test
  void pauses_tellNothing() {
    ClockWatch watch = watch(0);
    Stream.iterate(NOW, now -> now + 10 * MINUTE)
        .limit(20)
        .forEach(now -> watch.read(3, now - 5 * MINUTE, now));

    assertThat(said).isEmpty();
  }

  @Test
  void manyTasks_sayItOnceInTenMinutes() {
    for (int task = 0; task < 12; task++) {
      minutes(watch(0), 9, -5 * MINUTE);
    }
    assertThat(said).hasSize(1);

    watch(0).read(3, NOW + 20 * MINUTE, NOW + 10 * MINUTE);
    assertThat(said).hasSize(2);
  }

  private ClockWatch watch(long backlog) {
    return new ClockWatch(voice, _ -> OptionalLong.of(backlog));
  }

  /** A record each second that is so old when it is read. */
  private static void minutes(ClockWatch watch, int minutes, long age) {
    for (int second = 0; second <= minutes * 60; second++) {
      long now = NOW + second * SECOND;
      watch.read(3, now - age, now);
    }
  }
}
