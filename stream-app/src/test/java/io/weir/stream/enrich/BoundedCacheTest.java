package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
  private final List<String> loaded = new ArrayList<>();
  private final BoundedCache<Integer> cache = new BoundedCache<>(100, this::load);

  private Integer load(String key) {
    loaded.add(key);
    return key.length();
  }

  @Test
  void secondQuestion_isAnsweredFromMemory() {
    cache.get("abc");

    assertThat(cache.get("abc")).isEqualTo(3);
    assertThat(loaded).containsExactly("abc");
  }

  @Test
  void manyKeys_neverExceedTheBound() {
    for (int i = 0; i < 10_000; i++) {
      cache.get("key " + i);
      assertThat(cache.size()).isLessThanOrEqualTo(100);
    }
  }

  @Test
  void keyInUse_outlivesAFloodOfOthers() {
    for (int i = 0; i < 10_000; i++) {
      cache.get("regular");
      cache.get("once " + i);
    }

    assertThat(loaded).filteredOn("regular"::equals).hasSize(1);
  }
}
