package io.weir.stream;

import io.weir.stream.ops.BoundedRocksDb;
import java.util.Properties;

/** The configuration of the Kafka Streams client; {@code stream.kafka.…} settings win over it. */
final class StreamProperties {
  /** One visitor's state is one record. */
  private static final int MAX_REQUEST = 4 << 20;

  private static final int HEARTBEATS = 4;

  private StreamProperties() {}

  static Properties of(StreamConfig config) {
    var properties = new Properties();
    properties.putAll(config.kafka().properties());
    properties.put("application.id", config.applicationId());
    properties.put("application.server", address(config));
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("state.dir", config.stateDir().toString());
    properties.put("num.stream.threads", config.threads());
    // While a partition keeps up it asks for commits itself, more often.
    properties.put("commit.interval.ms", config.commits().longest().toMillis());
    properties.put("ensure.explicit.internal.resource.naming", true);
    // The visitors have a cache of their own, the timers need none.
    properties.put("statestore.cache.max.bytes", 0);
    properties.put("rocksdb.config.setter", BoundedRocksDb.class.getName());
    properties.put(BoundedRocksDb.MEMORY, config.memory().rocksdb());
    properties.put("replication.factor", (int) config.topics().raw().replication());
    properties.put("topic.message.timestamp.type", "LogAppendTime");
    properties.put("producer.compression.type", "lz4");
    properties.put("producer.max.request.size", MAX_REQUEST);
    // Nobody reads before the commit, which sends what is left: batches may take their time.
    properties.put("producer.linger.ms", Math.min(100, config.commits().live().toMillis() / 4));
    properties.put("producer.batch.size", 512 * 1024);
    // Raw and rekeyed records of a partition need no common order.
    properties.put("max.task.idle.ms", -1L);
    properties.put("main.consumer.max.poll.records", 2000);
    properties.putAll(group(config.group()));
    properties.putAll(config.kafkaStreams());
    return properties;
  }

  private static String address(StreamConfig config) {
    return config.http().advertisedHost() + ":" + config.http().port();
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
      properties.put("main.consumer.heartbeat.interval.ms", timeout / HEARTBEATS);
      group.instanceId().ifPresent(id -> properties.put("group.instance.id", id));
    }
    return properties;
  }
}
