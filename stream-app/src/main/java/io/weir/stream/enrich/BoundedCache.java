package io.weir.stream.enrich;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Remembers answers by text, for many threads, never more than its bound in bytes. Two generations:
 * when the young one is full it becomes the old one and the former old one is forgotten, so what is
 * asked for again and again stays. Reading takes no lock.
 */
final class BoundedCache<V> {
  /** What the map and the objects of key and value take besides their characters. */
  private static final int ENTRY_BYTES = 200;

  private static final int CHARACTER_BYTES = 2;

  private final long half;
  private final ToIntFunction<V> characters;
  private final Function<String, V> load;
  private volatile Generations<V> generations = new Generations<>(new Generation<>());

  private static final class Generation<V> {
    final ConcurrentHashMap<String, V> answers = new ConcurrentHashMap<>();
    final AtomicLong bytes = new AtomicLong();
  }

  /** Swapped by identity, so two threads never rotate the same generations twice. */
  private static final class Generations<V> {
    final Generation<V> young = new Generation<>();
    final Generation<V> old;

    Generations(Generation<V> old) {
      this.old = old;
    }
  }

  /**
   * @param bytes the bound, both generations together
   * @param characters how many characters a value has that no other value shares
   */
  BoundedCache(long bytes, ToIntFunction<V> characters, Function<String, V> load) {
    this.half = bytes / 2;
    this.characters = characters;
    this.load = load;
  }

  V get(String key) {
    Generations<V> now = generations;
    V value = now.young.answers.get(key);
    if (value != null) {
      return value;
    }
    value = now.old.answers.get(key);
    if (value == null) {
      value = load.apply(key);
    }
    add(now, key, value);
    return value;
  }

  /** Two threads that add the same key at once count it twice: the bound holds all the same. */
  private void add(Generations<V> now, String key, V value) {
    long cost =
        ENTRY_BYTES + CHARACTER_BYTES * ((long) key.length() + characters.applyAsInt(value));
    if (cost > half) {
      return;
    }
    Generation<V> young = now.young;
    while (young.bytes.addAndGet(cost) > half) {
      young.bytes.addAndGet(-cost);
      now = rotated(now);
      young = now.young;
    }
    young.answers.put(key, value);
  }

  private synchronized Generations<V> rotated(Generations<V> full) {
    if (generations == full) {
      generations = new Generations<>(full.young);
    }
    return generations;
  }

  /** The bytes that count against the bound. */
  long bytes() {
    Generations<V> now = generations;
    return now.young.bytes.get() + now.old.bytes.get();
  }
}
