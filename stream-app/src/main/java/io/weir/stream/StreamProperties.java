package io.weir.stream;

import io.weir.stream.ops.BoundedRocksDb;
import java.util.Properties;

/** The configuration of the Kafka Streams client; {@code stream.kafka.…} settings win over it. */
final class StreamProperties {
  /** One visitor's state is one record. */
  private static final int MAX_REQUEST = 4 << 20;

  private StreamProperties() {}

  static Properties of(StreamConfig config) {
    var properties = new Properties();
    properties.putAll(config.kafka().properties());
    properties.put("application.id", config.applicationId());
    properties.put("application.server", config.http().host() + ":" + config.http().port());
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("state.dir", config.stateDir().toString());
    properties.put("num.stream.threads", config.threads());
    properties.put("num.standby.replicas", config.standbyReplicas());
    properties.put("commit.interval.ms", config.commitInterval().toMillis());
    properties.put("group.protocol", config.groupProtocol());
    properties.put("ensure.explicit.internal.resource.naming", true);
    // The visitors have a cache of their own, the timers need none.
    properties.put("statestore.cache.max.bytes", 0);
    properties.put("rocksdb.config.setter", BoundedRocksDb.class.getName());
    properties.put(BoundedRocksDb.MEMORY, config.memory().rocksdb());
    properties.put("replication.factor", (int) config.topics().raw().replication());
    properties.put("topic.message.timestamp.type", "LogAppendTime");
    properties.put("producer.compression.type", "lz4");
    properties.put("producer.max.request.size", MAX_REQUEST);
    properties.put("producer.linger.ms", 20);
    properties.put("producer.batch.size", 128 * 1024);
    properties.put("main.consumer.max.poll.records", 2000);
    // A killed instance's partitions move after ten seconds instead of 45.
    properties.put("main.consumer.session.timeout.ms", 10_000);
    properties.put("main.consumer.heartbeat.interval.ms", 3_000);
    properties.putAll(config.kafkaStreams());
    return properties;
  }
}
