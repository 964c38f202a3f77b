package io.weir.stream.enrich;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers answers by text, for many threads, never more than its bound. Two generations: when the
 * young one is full it becomes the old one and the former old one is forgotten, so what is asked
 * for again and again stays. Reading takes no lock.
 */
final class BoundedCache<V> {
  private final int half;
  private final Function<String, V> load;
  private volatile Generations<V> generations = new Generations<>(new ConcurrentHashMap<>());

  /** Compared by identity: a thread that saw these turns these, not what another turned to. */
  private static final class Generations<V> {
    final ConcurrentHashMap<String, V> young = new ConcurrentHashMap<>();
    final ConcurrentHashMap<String, V> old;

    Generations(ConcurrentHashMap<String, V> old) {
      this.old = old;
    }
  }

  BoundedCache(int bound, Function<String, V> load) {
    if (bound < 2) {
      throw new IllegalArgumentException("bound must be at least 2, is " + bound);
    }
    this.half = bound / 2;
    this.load = load;
  }

  V get(String key) {
    Generations<V> now = generations;
    V value = now.young.get(key);
    if (value != null) {
      return value;
    }
    value = now.old.get(key);
    if (value == null) {
      value = load.apply(key);
    }
    add(now, key, value);
    return value;
  }

  private void add(Generations<V> now, String key, V value) {
    if (now.young.size() >= half) {
      now = turned(now);
    }
    now.young.put(key, value);
  }

  private synchronized Generations<V> turned(Generations<V> full) {
    if (generations == full) {
      generations = new Generations<>(full.young);
    }
    return generations;
  }

  int size() {
    Generations<V> now = generations;
    return now.young.size() + now.old.size();
  }
}
