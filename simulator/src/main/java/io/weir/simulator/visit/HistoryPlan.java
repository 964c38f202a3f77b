package io.weir.simulator.visit;

import java.util.Arrays;

/** All visits of a span of time, in 20 bytes each. */
public final class HistoryPlan implements VisitSource {
  private static final int INDEX_BITS = 29;

  private final long from;
  private long[] order = new long[1024];
  private int[] visitors = new int[1024];
  private int[] numbers = new int[1024];
  private int[] lengths = new int[1024];
  private int size;
  private int position;
  private long events;

  HistoryPlan(long from) {
    this.from = from;
  }

  void add(long start, int visitor, int number, int length) {
    if (size == order.length) {
      int capacity = size + (size >> 1);
      order = Arrays.copyOf(order, capacity);
      visitors = Arrays.copyOf(visitors, capacity);
      numbers = Arrays.copyOf(numbers, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
    }
    order[size] = (start - from) << INDEX_BITS | size;
    visitors[size] = visitor;
    numbers[size] = number;
    lengths[size] = length;
    size++;
    events += length;
  }

  void sort() {
    Arrays.sort(order, 0, size);
  }

  /** The number of events of all visits. */
  public long events() {
    return events;
  }

  @Override
  public long nextStart() {
    return position < size ? from + (order[position] >>> INDEX_BITS) : Long.MAX_VALUE;
  }

  @Override
  public void begin(Visit visit) {
    int index = (int) order[position] & (1 << INDEX_BITS) - 1;
    visit.begin(visitors[index], numbers[index], nextStart(), lengths[index]);
    position++;
  }
}
