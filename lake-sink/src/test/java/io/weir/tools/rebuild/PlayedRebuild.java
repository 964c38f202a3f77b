package io.weir.tools.rebuild;

import static io.weir.tools.Commands.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.Topic;
import io.weir.contract.avro.GoldCell;
import io.weir.lake.table.LakeTables;
import io.weir.process.TopicProvisioner;
import io.weir.sink.Lake;
import io.weir.sink.loop.Until;
import io.weir.testkit.TestSessions;
import io.weir.tools.Commands;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A rebuild of which a test plays both applications: their offsets, cells and sessions. */
final class PlayedRebuild {
  static final int PARTITIONS = 4;

  private PlayedRebuild() {}

  /**
   * A lake with a live cell of five sessions and eight raw records per partition, which are fed.
   */
  static String fedRebuild(Lake lake) throws Exception {
    String name = lake.prefix() + "_anew";
    lake.factory(Clock.systemUTC());
    make(lake, lake.cells());
    make(lake, lake.topics().erasures());
    make(lake, lake.topics().rekeyed());
    make(lake, Topic.compacted(name + "-stream-gold-changelog", PARTITIONS, (short) 1));
    IntStream.range(0, PARTITIONS).forEach(p -> produce(lake, p, 0, 8));
    cells(lake, lake.prefix() + "-stream", 1, 5);
    try (var _ = lake.serve()) {
      Until.holds(() ->
          lake.rows(LakeTables.RAW_EVENTS).size() == 8 * PARTITIONS
              && lake.gold("SELECT count(*) FROM gold.cells").equals("2"));
    }
    assertThat(run(lake, 0, "feed", name)).contains("WEIR_STREAM_FIRST_REVISION=1000000");
    return name;
  }

  /** A switch of which the last step is left, because the new application does not start. */
  static String unstarted(Lake lake, String... arguments) {
    return Commands.run(lake, 2, with(new String[] {"gold"}, with(arguments, "--wait", "0s")));
  }

  /** Starts lake-sink, and sends a cell that it must read after those that gold has. */
  static void readsOn(Lake lake, String application, long sessions) {
    try (var _ = lake.serve()) {
      cells(lake, application, 10 + sessions, sessions);
      Until.holds(
          () -> lake.gold("SELECT sum(sessions) FROM gold.sessions_daily").equals("" + sessions));
    }
  }

  static void produce(Lake lake, int partition, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] value = ("{\"n\":" + i + "}").getBytes(UTF_8);
      lake.send(new ProducerRecord<>(lake.topics().raw().name(), partition, null, value));
    }
  }

  /** A record that the live application has sent to its visitor's partition. */
  static ProducerRecord<byte[], byte[]> rekeyed(String topic, int partition, long offset) {
    var record = new ProducerRecord<byte[], byte[]>(topic, 0, new byte[] {1}, new byte[] {2});
    record
        .headers()
        .add(
            "weir-origin",
            ByteBuffer.allocate(20).putInt(partition).putLong(offset).putLong(1).array());
    return record;
  }

  /** Sends the sums of a day, and that everything has settled. */
  static void cells(Lake lake, String application, long version, long sessions) {
    cells(lake, application, version, sessions, "UTC");
  }

  static void cells(Lake lake, String application, long version, long sessions, String zone) {
    String topic = application + "-gold-changelog";
    long day = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    cell(
        lake,
        topic,
        new GoldKey(Subject.SESSIONS, Grain.DAY, Dimension.ALL, false, day, ""),
        version,
        sessions);
    cell(
        lake,
        topic,
        new GoldKey(Subject.PROGRESS, Grain.DAY, Dimension.ALL, false, 0, zone),
        version,
        0);
  }

  static void cell(Lake lake, String topic, GoldKey key, long version, long sessions) {
    var cell =
        GoldCell.newBuilder()
            .setSubject(key.subject().code())
            .setGrain(key.grain().code())
            .setBucketStart(key.bucketStart())
            .setIsBot(false)
            .setDimension(key.dimension().code())
            .setValue(key.value())
            .setPartition(0)
            .setVersion(version)
            .setSessions(sessions)
            .setSettledUntil(Instant.parse("2026-04-01T00:00:00Z").toEpochMilli())
            .build();
    try (var serde = AvroSerde.goldCell()) {
      byte[] value = requireNonNull(serde.serialize("", cell));
      lake.send(new ProducerRecord<>(topic, 0, key.bytes(), value));
    }
  }

  static void sendSession(Lake lake, String topic, String visitor, int revision) {
    try (var serde = AvroSerde.session()) {
      byte[] value =
          serde.serialize("", TestSessions.session(visitor, 1).setRevision(revision).build());
      lake.send(new ProducerRecord<>(topic, 0, new byte[] {1}, requireNonNull(value)));
    }
  }

  static void make(Lake lake, Topic topic) {
    try (Admin admin = lake.kafka().admin()) {
      assertThat(new TopicProvisioner(admin, _ -> {}).ensure(List.of(topic))).isEmpty();
    }
  }

  /** Commits the same offset for all partitions of a topic, as a stream-app does. */
  static void commit(Lake lake, String group, Map<String, Long> topics) throws Exception {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    topics.forEach((topic, offset) ->
        IntStream.range(0, PARTITIONS)
            .forEach(
                p -> offsets.put(new TopicPartition(topic, p), new OffsetAndMetadata(offset))));
    try (Admin admin = lake.kafka().admin()) {
      admin.alterConsumerGroupOffsets(group, offsets).all().get();
    }
  }

  static Map<TopicPartition, Long> committed(Lake lake, String group) throws Exception {
    try (Admin admin = lake.kafka().admin()) {
      var found = new HashMap<TopicPartition, Long>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> found.put(partition, offset.offset()));
      return found;
    }
  }

  static KafkaConsumer<byte[], byte[]> member(Lake lake, String group) {
    Map<String, Object> properties = lake.kafka().properties();
    properties.put("group.id", group);
    properties.put("enable.auto.commit", "false");
    var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(lake.topics().raw().name()));
    Until.holds(() -> {
      consumer.poll(Duration.ofMillis(100));
      return !consumer.assignment().isEmpty();
    });
    return consumer;
  }

  /** The origins of the records that were fed, as partition and offset. */
  static Set<String> offsets(Lake lake, String topic) {
    var found = new TreeSet<String>();
    var ends = new HashMap<TopicPartition, Long>();
    try (var consumer =
        new KafkaConsumer<>(
            lake.kafka().properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer
          .partitionsFor(topic)
          .forEach(each -> ends.put(new TopicPartition(topic, each.partition()), 0L));
      ends.putAll(consumer.endOffsets(ends.keySet()));
    }
    TopicRest.read(
        lake.kafka(),
        Map.of(),
        ends,
        each -> {
          String mark = new String(each.headers().lastHeader("weir-replayed-from").value(), UTF_8);
          String[] parts = mark.split("-", -1);
          found.add(parts[parts.length - 2] + ":" + parts[parts.length - 1]);
        });
    return found;
  }

  static String run(Lake lake, int code, String... arguments) {
    var all = with(new String[] {"gold"}, arguments);
    boolean waits = List.of("switch", "rebuild").contains(arguments[0]);
    return Commands.run(lake, code, waits ? with(all, "--wait", "0s") : all);
  }
}
