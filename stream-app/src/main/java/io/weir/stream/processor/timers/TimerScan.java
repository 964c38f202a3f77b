package io.weir.stream.processor.timers;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads a partition's timers from outside its stream thread, in order of time. */
public final class TimerScan {
  private TimerScan() {}

  /** Is told of each timer. */
  public interface Visit {
    void timer(long time, String visitor);
  }

  /** The timers from one time to another, the latter included. */
  public static void range(
      ReadOnlyKeyValueStore<Bytes, byte[]> timers, long from, long to, Visit visit) {
    try (KeyValueIterator<Bytes, byte[]> range =
        timers.range(TimerKey.first(from), TimerKey.first(to + 1))) {
      while (range.hasNext()) {
        Bytes key = range.next().key;
        visit.timer(TimerKey.time(key), TimerKey.visitor(key));
      }
    }
  }
}
