package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentCacheTest {
  private final List<String> loaded = new ArrayList<>();
  private final RecentCache<String> cache =
      new RecentCache<>(
          4,
          key -> {
            loaded.add(key);
            return "value of " + key;
          });

  @Test
  void repeatedKey_isLoadedOnce() {
    assertThat(cache.get("a")).isEqualTo("value of a");
    assertThat(cache.get("a")).isEqualTo("value of a");
    assertThat(loaded).containsExactly("a");
  }

  @Test
  void keyOfTheSamePlace_isNotMistaken() {
    for (int i = 0; i < 100; i++) {
      assertThat(cache.get("key" + i)).isEqualTo("value of key" + i);
    }
    assertThat(loaded).hasSize(100);
  }
}
