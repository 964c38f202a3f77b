package io.weir.stream.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frozen stretches of one kind. */
final class FrozenList<T extends Frozen> {
  /** From so many bytes on, ids are looked up in a set. */
  private static final int INDEX_FROM = 8 << 10;

  /** What a stretch takes beside its bytes. */
  private static final int OWN_BYTES = 64;

  private final List<T> items = new ArrayList<>(0);
  private @Nullable LongSet ids;
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

  /** What they take on the heap, in bytes, about. */
  int memory() {
    return ids == null ? bytes : bytes + ids.bytes();
  }

  void add(T item) {
    items.add(item);
    weight += item.weight();
    bytes += item.body().length + OWN_BYTES;
    if (ids != null) {
      item.addIds(ids);
    } else if (bytes >= INDEX_FROM) {
      var all = new LongSet(bytes / OWN_BYTES);
      items.forEach(each -> each.addIds(all));
      ids = all;
    }
  }

  boolean isKnown(long idHash) {
    if (ids != null) {
      return ids.contains(idHash);
    }
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
    ids = null;
    weight = 0;
    bytes = 0;
  }
}
