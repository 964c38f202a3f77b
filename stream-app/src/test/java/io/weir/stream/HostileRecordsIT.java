package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.contract.AvroSerde;
import io.weir.contract.VisitorPartition;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.Session;
import io.weir.testkit.RealBroker;
import io.weir.testkit.TestEvents;
import io.weir.testkit.hostile.Strangers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that a stranger may send, with producers as a stranger may configure them, between the
 * clicks of honest visitors; the service has a heap of 192 MB.
 */
class HostileRecordsIT {
  private static final int PARTITIONS = 3;
  private static final int VISITORS = 300;
  private static final int CLICKS = 3;
  private static final String RAW = "clickstream.raw";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final Instant start = Instant.now().minus(Duration.ofHours(5));
  private RealBroker broker;
  private Strangers strangers;
  private Instance instance;

  @BeforeEach
  void startAll() {
    broker = RealBroker.start(folder.resolve("kafka"));
    strangers = new Strangers(broker.bootstrapServers(), RAW);
    instance =
        Instance.start(
            folder.resolve("stream"),
            Map.of(
                "WEIR_KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "WEIR_TOPIC_PARTITIONS",
                "" + PARTITIONS));
  }

  @AfterEach
  void stopAll() {
    instance.close();
    broker.close();
  }

  @Test
  void hostileRecords_areAccountedForAndHarmNobody() throws Exception {
    await(ignored -> instance.isReady());
    click(0);
    strangers.sendUnreasonable();
    click(1);
    strangers.sendCompressible(400);
    click(2);
    closePartitions();
    long honest = (long) VISITORS * CLICKS + PARTITIONS;
    int hostile = strangers.sent().size();
    await(status ->
        status.path("settled").asBoolean() && status.path("received").asLong() == honest + hostile);

    JsonNode status = instance.json("/v1/status");
    assertThat(status.path("accepted").asLong()).isEqualTo(honest);
    assertThat(status.path("rejected").asLong()).isEqualTo(hostile);
    assertThat(instance.isAlive()).isTrue();
    assertThat(instance.get("/metrics").body()).contains("weir_records_unsendable_total 0.0");
    assertThat(read("clickstream.sessions", AvroSerde.session(), VISITORS))
        .extracting(Session::getEvents)
        .containsOnly(CLICKS)
        .hasSize(VISITORS);
    assertAllAreThere(read("clickstream.rejected", AvroSerde.rejected(), hostile));
  }

  /** The remedy of an operator whose producers are strangers (ADR 22). */
  @Test
  void topicStoredUncompressed_refusesWhatUnpacksToMore() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var topic = new NewTopic("uncompressed", 1, (short) 1);
      topic.configs(Map.of("compression.type", "uncompressed"));
      admin.createTopics(List.of(topic)).all().get();
    }
    send(
        Map.of("compression.type", "zstd", "max.request.size", 20_000_000),
        producer ->
            assertThat(
                    producer.send(
                        new ProducerRecord<>("uncompressed", Strangers.filled(10_000_000))))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RecordTooLargeException.class));
  }

  private void assertAllAreThere(List<RejectedRecord> rejected) throws Exception {
    var places = new HashSet<List<Object>>();
    rejected.forEach(
        record -> places.add(List.of(record.getRawPartition(), record.getRawOffset())));
    for (Future<RecordMetadata> sent : strangers.sent()) {
      assertThat(places).contains(List.of(sent.get().partition(), sent.get().offset()));
    }
    assertThat(rejected)
        .filteredOn(record -> Integer.valueOf(10_000_000).equals(record.getValueLength()))
        .singleElement()
        .satisfies(record -> {
          assertThat(record.getReason()).isEqualTo("too_large");
          assertThat(record.getDetail()).contains("10000000 bytes");
          assertThat(record.getValue()).isEqualTo(ByteBuffer.wrap(Strangers.filled(8192)));
        });
    assertThat(rejected)
        .filteredOn(r -> Integer.valueOf(400_000).equals(r.getKeyLength()))
        .hasSize(1);
    assertThat(rejected)
        .extracting(RejectedRecord::getHeadersLength)
        .contains(900_001L, 5_000_001L);
  }

  private void send(Map<String, Object> settings, Consumer<KafkaProducer<byte[], byte[]>> sender) {
    var all = new HashMap<>(settings);
    all.put("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
      sender.accept(producer);
    }
  }

  private void click(int round) {
    send(
        Map.of(),
        producer -> {
          for (int i = 0; i < VISITORS; i++) {
            click(producer, "visitor-" + i, "event-" + round + "-" + i, start.plusSeconds(round));
          }
        });
  }

  /** Sends an event of now to each partition, which moves all watermarks past the sessions. */
  private void closePartitions() throws InterruptedException, ExecutionException {
    var byPartition = new HashMap<Integer, String>();
    for (int i = 0; byPartition.size() < PARTITIONS; i++) {
      byPartition.putIfAbsent(VisitorPartition.of("closing-" + i, PARTITIONS), "closing-" + i);
    }
    for (Future<RecordMetadata> sent : strangers.sent()) {
      sent.get();
    }
    send(
        Map.of(),
        producer ->
            byPartition
                .values()
                .forEach(visitor -> click(producer, visitor, visitor, Instant.now())));
  }

  private static void click(
      KafkaProducer<byte[], byte[]> producer, String visitor, String id, Instant time) {
    byte[] value = TestEvents.rawView(visitor, id, time);
    var _ = producer.send(new ProducerRecord<>(RAW, visitor.getBytes(UTF_8), value));
  }

  private <T extends SpecificRecordBase> List<T> read(String topic, AvroSerde<T> serde, int count) {
    var found = new ArrayList<T>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "test-" + topic,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            serde.deserializer())) {
      consumer.subscribe(List.of(topic));
      while (found.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
      }
    }
    assertThat(found).hasSize(count);
    return found;
  }

  private interface Condition {
    boolean holds(JsonNode status) throws Exception;
  }

  private void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!instance.isReady() || !condition.holds(instance.json("/v1/status"))) {
      assertThat(instance.isAlive()).as(instance.output()).isTrue();
      assertThat(System.nanoTime()).as("in time; " + instance.output()).isLessThan(deadline);
      LockSupport.parkNanos(200_000_000L);
    }
  }
}
