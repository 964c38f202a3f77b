package io.weir.stream.processor;

import io.weir.contract.Topic;
import io.weir.stream.processor.limits.BoundedSerializer;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.quality.TaskCountsBuilder;
import io.weir.stream.processor.visitors.VisitorStoreBuilder;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of the topology with the stores they bring along. */
public final class TopologySteps {
  private static final Logger log = LoggerFactory.getLogger(TopologySteps.class);

  private TopologySteps() {}

  /** What the two steps of a task count in: both get the same builder. */
  public static StoreBuilder<TaskCounts> taskCounts() {
    return new TaskCountsBuilder(StepNames.TASK_COUNTS);
  }

  public static ProcessorSupplier<byte[], byte[], Object, Object> ingest(
      StreamSettings settings, IngestCounts counts, StoreBuilder<TaskCounts> taskCounts) {
    var voice = new ClockWatch.Voice(log::warn);
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], Object, Object> get() {
        return new Ingest(settings, counts, voice);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(taskCounts);
      }
    };
  }

  public static ProcessorSupplier<byte[], byte[], Object, Object> erase(StreamSettings settings) {
    return () -> new Erase(settings.storedIds());
  }

  public static ProcessorSupplier<Object, Object, Object, Object> sessionize(
      StreamSettings settings,
      IngestCounts counts,
      StreamProgress progress,
      StoreBuilder<TaskCounts> taskCounts) {
    StoreBuilder<?> visitors =
        VisitorStoreBuilder.persistent(StepNames.VISITORS, settings.visitorCache());
    StoreBuilder<?> timers = store(StepNames.TIMERS);
    StoreBuilder<?> gold = store(StepNames.GOLD);
    StoreBuilder<?> facts = store(StepNames.SESSION_FACTS);
    StoreBuilder<?> days = store(StepNames.VISITOR_DAYS);
    return new ProcessorSupplier<>() {
      @Override
      public Processor<Object, Object, Object, Object> get() {
        return new Sessionize(settings, counts, progress);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(visitors, timers, gold, facts, days, taskCounts);
      }
    };
  }

  /** Encodes for a topic, and refuses what the topic would not take. */
  public static <T> Serializer<T> bounded(Serde<T> serde, Topic topic) {
    return new BoundedSerializer<>(serde.serializer(), topic);
  }

  private static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }
}
