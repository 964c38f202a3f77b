package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.contract.AvroSerde;
import io.weir.testkit.RealBroker;
import io.weir.testkit.TestEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records that wait while no instance runs are judged by the time at which the broker appended
 * them. A producer's timestamp is nobody's append time, not even in the same partition.
 */
class AppendTimeIT {
  private static final Duration MAX_AGE = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SENT = 6;

  @TempDir private static Path folder;
  private static RealBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() {
    broker = RealBroker.start(folder.resolve("kafka"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void recordsThatWaited_areJudgedByTheirAppendTimes(String protocol) throws Exception {
    String raw = protocol + ".raw";
    createWithProducersTimes(raw);
    // At this distance they are accepted about now only: not in 1970, not in 2100.
    Instant soon = Instant.now().plusSeconds(60);
    for (String year : List.of("1970", "2100")) {
      long stamp = Instant.parse(year + "-01-01T00:00:00Z").toEpochMilli();
      assertThat(send(raw, stamp, "v", view(year, soon))).isEqualTo(stamp);
    }
    int probes = letTheBrokerStamp(raw);
    Instant edge = Instant.now().minus(MAX_AGE.dividedBy(2));
    long direct = send(raw, 0, "v", view("direct", edge));
    long rekeyed = send(raw, 0, "another", view("rekeyed", edge));
    long tooOld = send(raw, 0, "v", view("too-old", edge.minus(MAX_AGE)));
    long malformed = send(raw, 0, "v", "no event".getBytes(UTF_8));

    Thread.sleep(MAX_AGE);
    long begin = System.currentTimeMillis();
    try (Instance instance = start(protocol)) {
      await(instance, SENT + probes);
    }

    var accepted = new HashMap<String, Long>();
    FinalSessions.read(
        broker,
        protocol + ".events",
        AvroSerde.enrichedEvent(),
        (_, event) -> accepted.put(event.getEventId(), event.getAppendTime()));
    var rejected = new HashMap<String, Long>();
    FinalSessions.read(
        broker,
        protocol + ".rejected",
        AvroSerde.rejected(),
        (_, record) -> rejected.put(record.getReason(), record.getAppendTime()));
    assertThat(rejected).containsOnly(entry("time_too_old", tooOld), entry("not_json", malformed));
    assertThat(accepted).hasSize(4).contains(entry("direct", direct), entry("rekeyed", rekeyed));
    assertThat(List.of(accepted.get("1970"), accepted.get("2100")))
        .allSatisfy(time -> assertThat(time).isBetween(begin, System.currentTimeMillis()));
  }

  private static byte[] view(String id, Instant time) {
    return TestEvents.rawView("v", id, time);
  }

  private static void createWithProducersTimes(String name)
      throws ExecutionException, InterruptedException {
    var topic = new NewTopic(name, 1, (short) 1);
    topic.configs(
        Map.of(
            "message.timestamp.type",
            "CreateTime",
            "message.timestamp.after.max.ms",
            "" + Long.MAX_VALUE,
            "retention.ms",
            "-1"));
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  /** Returns how many records that are no events it took. */
  private static int letTheBrokerStamp(String name)
      throws ExecutionException, InterruptedException {
    var stamp = new ConfigEntry("message.timestamp.type", "LogAppendTime");
    var change = new AlterConfigOp(stamp, AlterConfigOp.OpType.SET);
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try (Admin admin = admin()) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
    }
    // The log takes a change over a moment after the controller.
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int probes = 1;
    while (send(name, 0, "v", "a probe".getBytes(UTF_8)) == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000L);
      probes++;
    }
    return probes;
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** Returns the timestamp that the record has then. */
  private static long send(String topic, long stamp, String key, byte[] value)
      throws ExecutionException, InterruptedException {
    var record = new ProducerRecord<>(topic, 0, stamp, key.getBytes(UTF_8), value);
    return producer.send(record).get().timestamp();
  }

  private static Instance start(String protocol) {
    return Instance.start(
        folder.resolve(protocol),
        Map.of(
            "WEIR_KAFKA_BOOTSTRAP_SERVERS",
            broker.bootstrapServers(),
            "WEIR_TOPIC_PREFIX",
            protocol,
            "WEIR_TOPIC_PARTITIONS",
            "1",
            "WEIR_STREAM_ENRICHMENTS",
            "url",
            "WEIR_STREAM_GROUP_PROTOCOL",
            protocol,
            "WEIR_STREAM_MAX_EVENT_AGE",
            MAX_AGE.toSeconds() + "s"));
  }

  private static void await(Instance instance, int records) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!instance.isReady() || judged(instance.json("/v1/status")) < records) {
      assertThat(instance.isAlive()).as(instance.output()).isTrue();
      assertThat(System.nanoTime()).as("in time; " + instance.output()).isLessThan(deadline);
      LockSupport.parkNanos(200_000_000L);
    }
  }

  private static long judged(JsonNode status) {
    return status.path("accepted").asLong() + status.path("rejected").asLong();
  }
}
