package io.weir.stream.processor.visitors;

import org.jspecify.annotations.Nullable;

/** Visitors in the order they were queued, linked through their entries, and what they take. */
final class VisitorQueue {
  private @Nullable VisitorEntry first;
  private @Nullable VisitorEntry last;
  private long bytes;

  @Nullable VisitorEntry first() {
    return first;
  }

  @Nullable VisitorEntry firstBut(@Nullable VisitorEntry other) {
    return first == null || first != other ? first : first.after;
  }

  long bytes() {
    return bytes;
  }

  void add(VisitorEntry entry) {
    entry.queue = this;
    entry.before = last;
    entry.after = null;
    if (last == null) {
      first = entry;
    } else {
      last.after = entry;
    }
    last = entry;
    bytes += entry.size;
  }

  void remove(VisitorEntry entry) {
    VisitorEntry before = entry.before;
    VisitorEntry after = entry.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    entry.queue = null;
    entry.before = null;
    entry.after = null;
    bytes -= entry.size;
  }

  void resize(VisitorEntry entry, long size) {
    bytes += size - entry.size;
    entry.size = size;
  }
}
