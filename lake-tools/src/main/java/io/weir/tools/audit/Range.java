package io.weir.tools.audit;

/** The offsets from {@code first}, up to but not including {@code end}. */
record Range(long first, long end) {
  Range {
    if (first >= end) {
      throw new IllegalArgumentException("an empty range: " + first + " to " + end);
    }
  }

  long size() {
    return end - first;
  }

  @Override
  public String toString() {
    return size() == 1 ? Long.toString(first) : first + " to " + (end - 1);
  }
}
