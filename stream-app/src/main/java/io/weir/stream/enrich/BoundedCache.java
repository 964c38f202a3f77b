package io.weir.stream.enrich;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Remembers answers by text, for many threads, within a bound in bytes. A key larger than the whole
 * cache is answered and not remembered.
 */
final class BoundedCache<V> {
  /** The overhead of the map, key and value objects beside their characters. */
  private static final int ENTRY_BYTES = 200;

  private static final int CHARACTER_BYTES = 2;

  private final LoadingCache<String, V> answers;

  /**
   * Creates an empty cache.
   *
   * @param bytes the bound
   * @param characters how many characters a value has that no other value shares
   */
  BoundedCache(long bytes, ToIntFunction<V> characters, Function<String, V> load) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((String key, V value) -> cost(key, characters.applyAsInt(value)))
            // Eviction runs on the thread that adds, so the bound holds without a pool of threads.
            .executor(Runnable::run)
            .build(load::apply);
  }

  private static int cost(String key, int characters) {
    return ENTRY_BYTES + CHARACTER_BYTES * (key.length() + characters);
  }

  V get(String key) {
    return answers.get(key);
  }

  /** The bytes that count against the bound. */
  long bytes() {
    return answers.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
