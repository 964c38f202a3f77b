package io.weir.stream.query.overview;

import io.weir.contract.avro.Session;
import io.weir.stream.processor.StepNames;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.processor.timers.TimerScan;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.Watermark;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of the partitions this instance works on. Nothing is counted while events
 * arrive: an open session has a timer within the session gap and the grace, so a look at the timers
 * finds it. The result of a look is kept for twenty times as long as the look took, at least for a
 * second.
 */
public final class OpenSessions {
  private static final int MOST = 5_000;
  private static final long FRESH_NANOS = 1_000_000_000L;
  private static final int COST = 20;

  private final KafkaStreams streams;
  private final SessionRules rules;
  private final Sessionizer sessionizer;
  private final StreamProgress progress;
  private Snapshot last = new Snapshot(0, true, List.of(), 0);
  private long goodUntil = Long.MIN_VALUE;

  /**
   * The open sessions of this instance at a moment.
   *
   * @param count the number of all open sessions; an estimate unless complete
   * @param sessions the open sessions that were read, a bounded number
   */
  public record Snapshot(long count, boolean isComplete, List<Session> sessions, long visitors) {}

  public OpenSessions(KafkaStreams streams, SessionRules rules, StreamProgress progress) {
    this.streams = streams;
    this.rules = rules;
    this.sessionizer = new Sessionizer(rules);
    this.progress = progress;
  }

  public synchronized Snapshot now() {
    long start = System.nanoTime();
    if (goodUntil == Long.MIN_VALUE || start - goodUntil > 0) {
      last = look();
      long end = System.nanoTime();
      goodUntil = end + Math.max(FRESH_NANOS, (end - start) * COST);
    }
    return last;
  }

  private Snapshot look() {
    var look = new Look();
    for (Map.Entry<Integer, StreamProgress.Partition> entry : progress.partitions().entrySet()) {
      if (entry.getValue().watermark() != Watermark.NONE) {
        look(entry.getKey(), entry.getValue(), look);
      }
    }
    return new Snapshot(
        look.sessions.size() + look.unread,
        look.unread == 0 && !look.isMoving,
        look.sessions,
        look.visitors);
  }

  private void look(int number, StreamProgress.Partition partition, Look look) {
    try {
      ReadOnlyKeyValueStore<String, byte[]> visitors =
          store(StepNames.VISITORS, number, QueryableStoreTypes.keyValueStore());
      ReadOnlyKeyValueStore<Bytes, byte[]> timers =
          store(StepNames.TIMERS, number, QueryableStoreTypes.keyValueStore());
      long soonest = Math.min(partition.settledUpTo(), partition.watermark());
      long latest = partition.watermark() + rules.gap().plus(rules.grace()).toMillis() + 1;
      look.visitors += visitors.approximateNumEntries();
      TimerScan.range(
          timers,
          soonest,
          latest,
          (time, visitor) -> look.at(visitors.get(visitor), time, visitor));
    } catch (InvalidStateStoreException | IllegalStateException e) {
      // The partition is moving away: its new owner counts the sessions.
      look.isMoving = true;
    }
  }

  private <T> T store(String name, int partition, QueryableStoreType<T> type) {
    return streams.store(StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
  }

  /** One look at all partitions. */
  private final class Look {
    private final List<Session> sessions = new ArrayList<>();
    private long visitors;
    private long unread;
    private boolean isMoving;

    private void at(byte @Nullable [] stored, long time, String visitor) {
      if (sessions.size() == MOST) {
        unread++;
        return;
      }
      VisitorState state = stored == null ? new VisitorState() : VisitorStateCodec.decode(stored);
      if (state.timer() != time) {
        return;
      }
      sessionizer.open(visitor, state).ifPresent(sessions::add);
    }
  }
}
