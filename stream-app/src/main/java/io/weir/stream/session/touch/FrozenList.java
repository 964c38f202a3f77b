package io.weir.stream.session.touch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The frozen items of one kind that a visitor has, and what they take together. */
public final class FrozenList<T extends FrozenItem> {
  /** The overhead of an item beside its bytes. */
  private static final int OWN_BYTES = 64;

  private final List<T> items = new ArrayList<>(0);
  private int bytes;

  public List<T> items() {
    return Collections.unmodifiableList(items);
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  public T last() {
    return items.getLast();
  }

  List<T> last(int count) {
    return items().subList(items.size() - count, items.size());
  }

  /** The approximate number of bytes that the items take when they are encoded. */
  public int bytes() {
    return bytes;
  }

  public void add(T item) {
    add(items.size(), item);
  }

  public void add(int at, T item) {
    items.add(at, item);
    bytes += item.blob().bytes().length + OWN_BYTES;
  }

  public void removeIf(Predicate<T> isToGo) {
    if (items.isEmpty()) {
      return;
    }
    var kept = items.stream().filter(isToGo.negate()).toList();
    clear();
    kept.forEach(this::add);
  }

  void removeLast(int count) {
    for (int i = 0; i < count; i++) {
      bytes -= items.removeLast().blob().bytes().length + OWN_BYTES;
    }
  }

  public void removeFirst(int count) {
    var kept = List.copyOf(items.subList(count, items.size()));
    clear();
    kept.forEach(this::add);
  }

  public void clear() {
    items.clear();
    bytes = 0;
  }
}
