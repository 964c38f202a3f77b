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
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class GoldFeedIT {
  private static final int PARTITIONS = 4;

  @Test
  void feed_copiesRecordsAndTimes_andContinuesAfterAKill(Lake lake) throws Exception {
    TestSink factory = lake.factory(Clock.systemUTC());
    String name = lake.prefix() + "_anew";
    produce(lake, factory, 0, 300);

    assertThat(run(lake, 0, "feed", name, "--dry-run"))
        .contains("would send at most 300 records to " + name + ".raw");
    assertThat(run(lake, 0, "feed", name))
        .contains("sent 300 to " + name + ".raw", "WEIR_TOPIC_PREFIX=" + name)
        .contains(" WEIR_STREAM_APPLICATION_ID=" + name + "-stream ");
    try (var killed = killedRun(lake, name + ".raw")) {
      produce(lake, factory, 300, 500);
      assertThat(run(lake, 0, "feed", name)).contains("sent 200 to " + name + ".raw");
      assertThat(run(lake, 0, "feed", name)).contains("sent 0 to " + name + ".raw");
      assertThat(killed).isNotNull();
    }

    String raw = lake.topics().raw().name();
    assertThat(read(lake, name + ".raw", 500, "")).isEqualTo(read(lake, raw, 500, raw));
  }

  @Test
  void topicThatStreamAppMade_isRefused(Lake lake) throws Exception {
    TestSink factory = lake.factory(Clock.systemUTC());
    produce(lake, factory, 0, 10);
    make(lake, new Topic(lake.prefix() + "_made.raw", PARTITIONS, (short) 1, Duration.ofDays(1)));

    assertThat(run(lake, 2, "feed", lake.prefix() + "_made").lines())
        .singleElement()
        .asString()
        .contains("message.timestamp.type=LogAppendTime", "take another name");
    assertThat(run(lake, 2, "feed", lake.prefix())).contains("is the prefix of the live topics");
    assertThat(run(lake, 2, "feed", "a.b")).contains("must be 1 to 40 of a-z");
  }

  @Test
  void loadedCells_areComparedWithLiveAndErasedOnes(Lake lake) throws Exception {
    TestSink factory = lake.factory(Clock.systemUTC());
    String name = lake.prefix() + "_cells";
    String schema = "gold_" + name;
    assertThat(run(lake, 2, "compare", name)).contains("PostgreSQL does not have the tables");
    assertThat(run(lake, 2, "load", name)).contains("run gold feed, then start stream-app");
    produce(lake, factory, 0, 10);
    run(lake, 0, "feed", name);
    make(lake, Topic.compacted(name + "-stream-gold-changelog", PARTITIONS, (short) 1));
    send(lake, name, cell("DE", 1, 5), cell("FR", 1, 7), cell("DE", 2, 6));
    assertThat(run(lake, 2, "load", name)).contains("has not read 1");
    readAll(lake, name);

    assertThat(run(lake, 0, "load", name)).contains("2 cells are in " + schema);
    execute(lake, "INSERT INTO gold.cell_versions SELECT * FROM " + schema + ".cell_versions");
    assertThat(run(lake, 0, "compare", name)).contains("2 cells are equal");

    send(lake, name, deleted("FR"), cell("DE", 3, 8));
    assertThat(run(lake, 0, "load", name)).contains("1 cells are in " + schema);
    assertThat(run(lake, 1, "compare", name, "--at-rest"))
        .contains("country", "FR", "DE", "3 numbers are different");
    assertThat(run(lake, 2, "compare", name)).contains("and 3 that can still change");
    execute(lake, "UPDATE gold.cell_versions SET sessions = 8 WHERE value = 'DE'");
    execute(
        lake,
        "INSERT INTO gold.erased SELECT (jsonb_populate_record(e, to_jsonb(c))).* FROM"
            + " (SELECT * FROM gold.cell_versions WHERE value = 'FR') AS c"
            + " LEFT JOIN gold.erased AS e ON false");
    assertThat(run(lake, 0, "compare", name, "--at-rest")).contains("2 cells are equal");
  }

  /** A run that was killed between its records and the end of its transaction. */
  private static AutoCloseable killedRun(Lake lake, String topic) {
    Map<String, Object> properties = lake.kafka().properties();
    properties.put("transactional.id", topic + "-feed");
    var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    for (int i = 0; i < 100; i++) {
      var _ = producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[1]));
    }
    producer.flush();
    return () -> producer.close(Duration.ZERO);
  }

  private static void produce(Lake lake, TestSink factory, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] key = i % 7 == 0 ? null : ("k" + i % 50).getBytes(UTF_8);
      byte[] value = i % 11 == 0 ? null : ("{\"n\":" + i + "}").getBytes(UTF_8);
      lake.send(
          new ProducerRecord<>(
              lake.topics().raw().name(), key == null ? i % PARTITIONS : null, key, value));
    }
    lake.flush();
    TableFeed feed = factory.feeds().raw();
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.RAW_EVENTS).size() == to, loop);
    loop.close();
  }

  /** The records by partition, as texts; with the mark of a copy of {@code markedWith}. */
  private static List<List<String>> read(Lake lake, String topic, int count, String markedWith) {
    Map<String, Object> properties = lake.kafka().properties();
    properties.put("isolation.level", "read_committed");
    var found = new ArrayList<List<String>>();
    IntStream.range(0, PARTITIONS).forEach(_ -> found.add(new ArrayList<>()));
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Until.holds(() -> {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> {
              var header = record.headers().lastHeader("weir-replayed-from");
              String mark =
                  header == null
                      ? markedWith + "-" + record.partition() + "-" + record.offset()
                      : new String(header.value(), UTF_8);
              found
                  .get(record.partition())
                  .add(
                      text(record.key())
                          + "="
                          + text(record.value())
                          + " "
                          + record.timestamp()
                          + " "
                          + mark);
            });
        return found.stream().mapToInt(List::size).sum() == count;
      });
    }
    return found;
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "null" : new String(bytes, UTF_8);
  }

  private static void make(Lake lake, Topic topic) {
    try (Admin admin = lake.kafka().admin()) {
      assertThat(new TopicProvisioner(admin, _ -> {}).ensure(List.of(topic))).isEmpty();
    }
  }

  private static GoldKey key(String country) {
    return new GoldKey(
        Subject.SESSIONS,
        Grain.QUARTER,
        Dimension.COUNTRY,
        false,
        Instant.parse("2026-03-01T12:00:00Z").toEpochMilli(),
        country);
  }

  private static Map.Entry<byte[], byte @Nullable []> cell(
      String country, long version, long sessions) {
    GoldKey key = key(country);
    var cell =
        GoldCell.newBuilder()
            .setSubject(key.subject().code())
            .setGrain(key.grain().code())
            .setBucketStart(key.bucketStart())
            .setIsBot(false)
            .setDimension(key.dimension().code())
            .setValue(country)
            .setPartition(0)
            .setVersion(version)
            .setSessions(sessions)
            .setRevenue(Map.of("EUR", "12.5"))
            .build();
    try (var serde = AvroSerde.goldCell()) {
      return new SimpleEntry<>(key.bytes(), requireNonNull(serde.serialize("", cell)));
    }
  }

  private static Map.Entry<byte[], byte @Nullable []> deleted(String country) {
    return new SimpleEntry<>(key(country).bytes(), null);
  }

  @SafeVarargs
  private static void send(Lake lake, String name, Map.Entry<byte[], byte @Nullable []>... cells) {
    for (Map.Entry<byte[], byte @Nullable []> each : cells) {
      lake.send(
          new ProducerRecord<>(name + "-stream-gold-changelog", 0, each.getKey(), each.getValue()));
    }
    lake.flush();
  }

  /** Commits the end of the topic, as a stream-app does that has read it. */
  private static void readAll(Lake lake, String name) throws Exception {
    try (Admin admin = lake.kafka().admin()) {
      for (int i = 0; i < PARTITIONS; i++) {
        var partition = new TopicPartition(name + ".raw", i);
        admin
            .alterConsumerGroupOffsets(
                name + "-stream", Map.of(partition, new OffsetAndMetadata(1_000)))
            .all()
            .get();
      }
    }
  }

  private static void execute(Lake lake, String sql) throws SQLException {
    try (var connection = lake.postgres().connect();
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private static String run(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, with(new String[] {"gold"}, arguments));
  }
}
