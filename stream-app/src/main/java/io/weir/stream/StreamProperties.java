package io.weir.stream;

import io.weir.contract.Topic;
import io.weir.stream.ops.BoundedRocksDb;
import io.weir.stream.processor.limits.BoundedClients;
import java.util.Map;
import java.util.Properties;

/** The configuration of the Kafka Streams client; {@code stream.kafka.…} settings win over it. */
final class StreamProperties {
  /** One visitor's state is one record. */
  private static final int MAX_REQUEST = 4 << 20;

  private static final int HEARTBEATS = 4;

  /**
   * A member hears of a rebalance with the answer to its next heartbeat, and all others wait for
   * it. With a quarter of a long session timeout they would wait for ten seconds.
   */
  private static final int LONGEST_HEARTBEAT_MILLIS = 1_000;

  /** At most, of what a poll brings and of what waits in a partition's queue. */
  private static final int POLLED = 2000;

  private static final int QUEUED = 1000;

  /** A smaller value would cost time, whatever the heap. */
  private static final int FEWEST = 20;

  private StreamProperties() {}

  /** The properties for an instance that may work on all partitions of the raw topic. */
  static Properties of(StreamConfig config, int partitions) {
    var properties = new Properties();
    properties.putAll(config.kafka().properties());
    properties.put("application.id", config.applicationId());
    properties.put("application.server", address(config));
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("state.dir", config.stateDir().toString());
    properties.put("num.stream.threads", config.threads());
    // A partition that keeps up requests commits more often than this.
    properties.put("commit.interval.ms", config.commits().longest().toMillis());
    properties.put("ensure.explicit.internal.resource.naming", true);
    // The visitors have a cache of their own, the timers need none.
    properties.put("statestore.cache.max.bytes", 0);
    properties.put("rocksdb.config.setter", BoundedRocksDb.class.getName());
    properties.put(BoundedRocksDb.MEMORY, config.memory().rocksdb());
    // The cells of gold change with every commit. With the usual 10,000 records, an instance that
    // was away for half a minute would wait up to ten minutes for its partitions.
    properties.put("acceptable.recovery.lag", 100_000L);
    properties.put("replication.factor", (int) config.topics().raw().replication());
    properties.put("topic.message.timestamp.type", "LogAppendTime");
    properties.put("topic.max.message.bytes", MAX_REQUEST);
    properties.put("topic.max.compaction.lag.ms", Topic.LONGEST_UNCOMPACTED.toMillis());
    properties.put("producer.compression.type", "lz4");
    properties.put("producer.max.request.size", MAX_REQUEST);
    // Nobody reads before the commit, which sends what is left: batches may take their time.
    properties.put("producer.linger.ms", Math.min(100, config.commits().live().toMillis() / 4));
    properties.put("producer.batch.size", 512 * 1024);
    // Raw and rekeyed records of a partition need no common order.
    properties.put("max.task.idle.ms", -1L);
    properties.putAll(memory(Runtime.getRuntime().maxMemory(), partitions));
    properties.putAll(group(config.group()));
    properties.putAll(config.kafkaStreams());
    return properties;
  }

  /**
   * Kafka Streams counts the records it reads ahead, not their bytes. All of them may be as large
   * as they can be: a poll then takes an eighth of the heap, the queues of both input topics a
   * quarter.
   */
  static Map<String, Integer> memory(long heap, int partitions) {
    long record = BoundedClients.largestRecord();
    return Map.of(
        "main.consumer.max.poll.records", bounded(heap / 8 / record, POLLED),
        "buffered.records.per.partition", bounded(heap / 4 / record / (2L * partitions), QUEUED));
  }

  private static int bounded(long records, int most) {
    return Math.clamp(records, FEWEST, most);
  }

  private static String address(StreamConfig config) {
    return config.http().advertisedHost() + ":" + config.http().listen().port();
  }

  private static Properties group(Group group) {
    var properties = new Properties();
    properties.put("group.protocol", group.protocol());
    if (group.isClassic()) {
      // With the other protocol these are settings of the group, kept by the broker.
      int timeout = Math.toIntExact(group.sessionTimeout().toMillis());
      properties.put("num.standby.replicas", group.standbyReplicas());
      properties.put("max.warmup.replicas", group.warmupReplicas());
      properties.put("main.consumer.session.timeout.ms", timeout);
      properties.put(
          "main.consumer.heartbeat.interval.ms",
          Math.min(timeout / HEARTBEATS, LONGEST_HEARTBEAT_MILLIS));
      group.instanceId().ifPresent(id -> properties.put("group.instance.id", id));
    }
    return properties;
  }
}
