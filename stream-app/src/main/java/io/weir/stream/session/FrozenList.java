package io.weir.stream.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The frozen stretches of one kind. */
final class FrozenList<T extends Frozen> {
  /** What a stretch takes beside its bytes. */
  private static final int OWN_BYTES = 64;

  private final List<T> items = new ArrayList<>(0);
  private int weight;
  private int bytes;

  List<T> items() {
    return Collections.unmodifiableList(items);
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  T last() {
    return items.getLast();
  }

  int weight() {
    return weight;
  }

  /** What they take encoded, in bytes, about. */
  int bytes() {
    return bytes;
  }

  void add(T item) {
    items.add(item);
    weight += item.weight();
    bytes += item.body().length + OWN_BYTES;
  }

  void addIds(IdFilter ids) {
    for (T item : items) {
      item.addIds(ids);
    }
  }

  boolean isKnown(long idHash) {
    for (int i = items.size() - 1; i >= 0; i--) {
      if (items.get(i).isKnown(idHash)) {
        return true;
      }
    }
    return false;
  }

  void removeFirst(int count) {
    var kept = List.copyOf(items.subList(count, items.size()));
    clear();
    kept.forEach(this::add);
  }

  void clear() {
    items.clear();
    weight = 0;
    bytes = 0;
  }
}
