package io.weir.stream.processor.timers;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.session.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {
  private static final long NOW = 1_000_000;
  private static final int ALL = 1_000;

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("timers").get();
  private Timers timers = started();

  private Timers started() {
    var started = new Timers(store);
    started.restore(NOW);
    return started;
  }

  private List<String> fire(long watermark) {
    return timers.fire(watermark, ALL).stream().map(Timers.Timer::visitor).toList();
  }

  @Test
  void timerThatGoesOffBeforeACommit_isNeverStored() {
    timers.arm(10, "a");
    timers.arm(20, "b");

    assertThat(fire(10)).containsExactly("a");
    assertThat(stored()).isEmpty();
    timers.flush();
    assertThat(stored()).containsExactly("20 b");
    assertThat(fire(20)).containsExactly("b");
    assertThat(stored()).isEmpty();
  }

  @Test
  void timersThatWereGivenBack_goOffAgainAlsoAfterARestart() {
    timers.arm(10, "a");
    timers.arm(20, "b");
    timers.arm(20, "c");
    timers.arm(30, "d");
    timers.flush();
    List<Timers.Timer> fired = timers.fire(30, ALL);

    timers.giveBack(fired.subList(1, 4));

    assertThat(timers.isDue(30)).isTrue();
    timers.flush();
    assertThat(stored()).containsExactlyInAnyOrder("20 b", "20 c", "30 d");
    assertThat(fire(20)).containsExactlyInAnyOrder("b", "c");
    assertThat(fire(30)).containsExactly("d");
    assertThat(timers.isDue(30)).isFalse();
  }

  @Test
  void storedAndFreshOnes_goOffInOrderOfTime() {
    timers.arm(30, "stored");
    timers.arm(10, "stored too");
    timers.flush();
    timers.arm(20, "fresh");

    assertThat(fire(30)).containsExactly("stored too", "fresh", "stored");
  }

  @Test
  void moreFreshOnesThanWanted_goOffLater_alsoWhenTheyAreStoredInBetween() {
    for (int i = 0; i < 10; i++) {
      timers.arm(i / 3, "v" + i);
    }

    List<Timers.Timer> first = timers.fire(100, 2);
    timers.flush();
    assertThat(timers.isDue(100)).isTrue();
    assertThat(first).hasSize(4);
    assertThat(fire(100)).hasSize(6).doesNotContainAnyElementsOf(names(first));
  }

  @Test
  void forgottenVisitor_hasNoTimers_butThoseArmedAfterwards() {
    timers.arm(10, "a");
    timers.arm(20, "a");
    timers.arm(20, "b");
    timers.arm(20, "aa");
    timers.flush();
    timers.arm(30, "a");
    timers.arm(30, "b");

    timers.forget("a");
    timers.arm(40, "a");
    timers.flush();

    assertThat(stored()).containsExactlyInAnyOrder("20 b", "20 aa", "30 b", "40 a");
    timers.arm(50, "a");
    timers.flush();
    assertThat(stored()).contains("40 a", "50 a");
  }

  private static List<String> names(List<Timers.Timer> fired) {
    return fired.stream().map(Timers.Timer::visitor).toList();
  }

  /** Whatever the order: each timer goes off once, in time, and none is lost by a restart. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyTimer_goesOffOnce(int seed) {
    var random = new Random(seed);
    Set<String> armed = new TreeSet<>();
    var fired = new ArrayList<String>();
    long watermark = 0;
    for (int i = 0; i < 5_000; i++) {
      int step = random.nextInt(100);
      if (step < 70) {
        long time = watermark + random.nextInt(200) - 50;
        armed.add(timers.arm(time, "v" + i) + " v" + i);
      } else if (step < 90) {
        watermark += random.nextInt(40);
        for (Timers.Timer each : timers.fire(watermark, 1 + random.nextInt(5))) {
          assertThat(each.time()).isLessThanOrEqualTo(watermark);
          fired.add(each.time() + " " + each.visitor());
        }
      } else {
        timers.flush();
        if (step == 99) {
          timers.save(new Watermark(watermark, NOW, NOW));
          timers = started();
        }
      }
    }
    while (timers.isDue(Long.MAX_VALUE - 1)) {
      timers
          .fire(Long.MAX_VALUE - 1, 100)
          .forEach(each -> fired.add(each.time() + " " + each.visitor()));
    }

    assertThat(fired).hasSizeGreaterThan(3_000).containsExactlyInAnyOrderElementsOf(armed);
  }

  private List<String> stored() {
    var keys = new ArrayList<Bytes>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys.stream()
        .filter(key -> !key.equals(TimerKey.WATERMARK))
        .map(key -> TimerKey.time(key) + " " + TimerKey.visitor(key))
        .collect(Collectors.toList());
  }
}
