package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
  private static final int BOUND = 30_000;

  private final List<String> loaded = new ArrayList<>();
  private final BoundedCache<String> cache = new BoundedCache<>(BOUND, String::length, this::load);

  private String load(String key) {
    loaded.add(key);
    return "value of " + key;
  }

  @Test
  void secondQuestion_isAnsweredFromMemory() {
    cache.get("abc");

    assertThat(cache.get("abc")).isEqualTo("value of abc");
    assertThat(loaded).containsExactly("abc");
  }

  @Test
  void manyKeys_neverExceedTheBound() {
    for (int i = 0; i < 10_000; i++) {
      cache.get("key " + i);
      assertThat(cache.bytes()).isLessThanOrEqualTo(BOUND);
    }
  }

  @Test
  void longKeysAndValues_countWithAllTheirCharacters() {
    for (int i = 0; i < 1_000; i++) {
      cache.get(i + "x".repeat(2_000));
    }

    // 2,000 characters of the key and as many of the value, two bytes each: three fit the bound.
    assertThat(cache.bytes()).isBetween(8_000L, (long) BOUND);
  }

  @Test
  void keyLargerThanTheCache_isAnsweredAndNotRemembered() {
    cache.get("regular");
    String huge = "x".repeat(BOUND);

    assertThat(cache.get(huge)).hasSize(BOUND + "value of ".length());
    assertThat(cache.bytes()).isLessThan(1_000);
    cache.get("regular");
    assertThat(loaded).containsExactly("regular", huge);
  }

  @Test
  void keyInUse_outlivesAFloodOfOthers() {
    for (int i = 0; i < 10_000; i++) {
      cache.get("regular");
      cache.get("once " + i);
    }

    assertThat(loaded).filteredOn("regular"::equals).hasSize(1);
  }

  @Test
  void fourThreads_keepTheBound() throws InterruptedException {
    var shared = new BoundedCache<String>(BOUND, String::length, key -> key);
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      int from = t * 1_000;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 50_000; i++) {
                  shared.get("key " + (from + i) % 3_000);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(shared.bytes()).isBetween(1L, (long) BOUND);
    assertThat(shared.get("key 7")).isEqualTo("key 7");
  }
}
