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
import io.weir.sink.loop.Until;
import io.weir.testkit.TestSessions;
import io.weir.tools.Commands;
import io.weir.tools.replay.RawTail;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The switch with the offsets and cells of two applications, which the test plays. */
@ExtendWith(Servers.class)
class GoldSwitchIT {
  private static final int PARTITIONS = 4;

  @Test
  void switch_continuesWhereTheLiveApplicationStopped_andCanBeTakenBack(Lake lake)
      throws Exception {
    String name = fedRebuild(lake);
    String raw = lake.topics().raw().name();
    String rekeyed = lake.topics().rekeyed().name();
    // The live application has read ten records of each partition; the feed had eight of them.
    IntStream.range(0, PARTITIONS).forEach(p -> produce(lake, p, 8, 12));
    lake.send(rekeyed(rekeyed, 0, 9));
    commit(lake, lake.prefix() + "-stream", Map.of(raw, 10L, rekeyed, 0L));
    cells(lake, name + "-stream", 2, 6);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));

    assertThat(run(lake, 1, "switch", name))
        .contains("sent the last 7 records", "1 re-keyed records are left", "nothing is switched");
    assertThat(lake.gold("SELECT sum(sessions) FROM gold.sessions_daily")).isEqualTo("5");
    String switched = unstarted(lake, "switch", name, "--accept-differences");

    assertThat(switched)
        .contains("sent the last 0 records")
        .contains("WEIR_STREAM_APPLICATION_ID=" + name + "-stream");
    assertThat(offsets(lake, name + ".raw")).doesNotContain("0:9", "0:10").contains("0:8", "3:9");
    assertThat(committed(lake, name + "-stream"))
        .containsEntry(new TopicPartition(raw, 3), 10L)
        .containsEntry(new TopicPartition(rekeyed, 0), 0L)
        .containsEntry(new TopicPartition(lake.topics().erasures().name(), 2), 0L);
    assertThat(lake.gold("SELECT sum(sessions) FROM gold.sessions_daily")).isEqualTo("6");
    assertThat(run(lake, 2, "switch", name)).contains("gold has the cells of " + name);

    assertThat(run(lake, 0, "switch", name, "--back")).contains("has the cells of");
    readsOn(lake, lake.prefix() + "-stream", 7);
    assertThat(run(lake, 2, "switch", name, "--back")).contains("no switch");
  }

  @Test
  void newApplication_isReadFromTheLoadedOffsets_andTheFormerOneIsDropped(Lake lake)
      throws Exception {
    String name = fedRebuild(lake);
    commit(lake, lake.prefix() + "-stream", Map.of(lake.topics().raw().name(), 8L));
    cells(lake, name + "-stream", 1, 5);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));
    assertThat(run(lake, 0, "rebuild", name)).contains("1 cells are equal", "gold switch " + name);
    assertThat(run(lake, 2, "drop", lake.prefix() + "_none")).contains("there is no rebuild");
    sendSession(lake, name + ".sessions", "v", 1_000_000);
    sendSession(lake, name + ".sessions", "somebody", 1_000_000);
    assertThat(unstarted(lake, "rebuild", name, "--switch")).contains("or go back");
    assertThat(run(lake, 2, "drop", name)).contains("run gold switch " + name + " to its end");
    sendSession(lake, lake.topics().sessions().name(), "v", 1);
    lake.produceKeyed(lake.topics().erasures(), "somebody", null);
    assertThat(run(lake, 2, "switch", name, "--back")).contains("has written sessions since");
    try (var _ = member(lake, name + "-stream")) {
      assertThat(run(lake, 0, "switch", name))
          .contains("sent 1 closed sessions", "1 closed sessions of persons who were erased");
    }
    lake.set("WEIR_STREAM_APPLICATION_ID", name + "-stream");

    readsOn(lake, name + "-stream", 9);
    commit(lake, name + "-stream", Map.of(lake.topics().raw().name(), 9L));
    assertThat(run(lake, 2, "switch", name, "--back")).contains("has read live records");
    assertThat(run(lake, 0, "drop", name))
        .contains("topic " + name + ".raw", "group " + lake.prefix() + "-stream", "--yes")
        .contains("topic " + lake.prefix() + "-stream-gold-changelog")
        .doesNotContain("topic " + name + "-stream");
    run(lake, 0, "drop", name, "--yes");

    assertThat(lake.gold("SELECT to_regnamespace('gold_" + name + "')")).isEqualTo("null");
    assertThat(lake.gold("SELECT sum(sessions) FROM gold.sessions_daily")).isEqualTo("9");
    assertThat(run(lake, 2, "drop", name)).contains("nothing is left");
    assertThat(run(lake, 2, "feed", name)).contains("take another name");
  }

  @Test
  void whatWouldNotBeExact_isRefused(Lake lake) throws Exception {
    String name = fedRebuild(lake);
    String raw = lake.topics().raw().name();
    String live = lake.prefix() + "-stream";
    cells(lake, name + "-stream", 1, 5);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));
    assertThat(run(lake, 2, "switch", name)).contains("has read nothing of " + raw);
    commit(lake, live, Map.of(raw, 7L));
    assertThat(run(lake, 2, "switch", name)).contains(live + " has not read; start the live");
    try (var _ = member(lake, live)) {
      assertThat(run(lake, 2, "switch", name)).contains("stop all instances of the live");
    }
    commit(lake, live, Map.of(raw, 8L));
    cells(lake, live, 2, 6);
    assertThat(run(lake, 2, "switch", name)).contains("let lake-sink run until gold has");
    lake.change(
        "INSERT INTO gold.session_revisions (session_key, version, retracted) VALUES ('k', 3, true)");
    sendSession(lake, name + ".sessions", "v", 3);
    assertThat(run(lake, 2, "switch", name)).contains("begin with revision 3, and gold has");
    lake.produceKeyed(lake.topics().erasures(), "somebody", null);
    assertThat(run(lake, 2, "switch", name)).contains("persons may have been erased");
  }

  @Test
  void bronzeBehindTheCut_isNotFed(Lake lake) throws Exception {
    String name = fedRebuild(lake);
    String raw = lake.topics().raw().name();
    commit(lake, lake.prefix() + "-stream", Map.of(raw, 8L));
    cells(lake, name + "-stream", 1, 6);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));
    assertThat(run(lake, 1, "switch", name)).contains("nothing is switched");
    IntStream.range(0, PARTITIONS).forEach(p -> produce(lake, p, 8, 12));
    try (var _ = lake.serve()) {
      Until.holds(() -> lake.rows(LakeTables.RAW_EVENTS).size() == 12 * PARTITIONS);
    }

    String[] again = {"rebuild", name, "--switch", "--accept-differences"};
    assertThat(run(lake, 0, "feed", name, "--dry-run")).contains("sends nothing");
    new RawTail(lake.kafka(), raw, name + ".raw").send(Map.of(2, 9L), Map.of());
    assertThat(run(lake, 2, again)).contains("sends nothing", "stream has not read; start");
    commit(lake, lake.prefix() + "-stream", Map.of(raw, 9L));
    assertThat(run(lake, 2, again)).contains("sent 15 to", "has records that");
    commit(lake, lake.prefix() + "-stream", Map.of(raw, 12L));
    assertThat(unstarted(lake, again)).contains("gold has the cells of " + name);
  }

  @Test
  void sumsThatOnlyGoldHas_areRemovedOnlyIfThatIsAccepted(Lake lake) throws Exception {
    String name = fedRebuild(lake);
    commit(lake, lake.prefix() + "-stream", Map.of(lake.topics().raw().name(), 8L));
    cells(lake, name + "-stream", 1, 4);
    commit(lake, name + "-stream", Map.of(name + ".raw", 1_000L));
    lake.change(
        """
        SELECT gold.add_erased('[{"subject": "sessions", "grain": "day", "dimension": "",
          "bucket_start": "2026-03-01T00:00:00Z", "is_bot": false, "value": "", "sessions": 1}]')
        """);
    assertThat(run(lake, 0, "rebuild", name)).contains("1 cells are equal", "--accept-differences");
    assertThat(run(lake, 1, "rebuild", name, "--switch"))
        .contains("gold.erased has 1 sums", "nothing is switched");
    assertThat(run(lake, 1, "switch", name)).contains("1 cells are equal", "nothing is switched");
    try (var _ = lake.serve()) {
      long day = Instant.parse("2026-02-27T00:00:00Z").toEpochMilli();
      var key = new GoldKey(Subject.SESSIONS, Grain.DAY, Dimension.ALL, false, day, "");
      cell(lake, lake.prefix() + "-stream-gold-changelog", key, 3, 7);
      Until.holds(() -> lake.gold("SELECT count(*) FROM gold.cells").equals("3"));
    }
    assertThat(run(lake, 1, "compare", name))
        .contains("only gold has 1 days before the first rebuilt one, with 1 cells");
    unstarted(lake, "switch", name, "--accept-differences");

    assertThat(lake.gold("SELECT sum(sessions) FROM gold.sessions_daily")).isEqualTo("4");
    assertThat(lake.gold("SELECT count(*) FROM gold.erased")).isEqualTo("0");
  }

  /**
   * A lake with a live cell of five sessions and eight raw records per partition, which are fed.
   */
  private static String fedRebuild(Lake lake) throws Exception {
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
  private static String unstarted(Lake lake, String... arguments) {
    return Commands.run(lake, 2, with(new String[] {"gold"}, with(arguments, "--wait", "0s")));
  }

  /** Starts lake-sink, and sends a cell that it must read after those that gold has. */
  private static void readsOn(Lake lake, String application, long sessions) {
    try (var _ = lake.serve()) {
      cells(lake, application, 10 + sessions, sessions);
      Until.holds(
          () -> lake.gold("SELECT sum(sessions) FROM gold.sessions_daily").equals("" + sessions));
    }
  }

  private static void produce(Lake lake, int partition, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] value = ("{\"n\":" + i + "}").getBytes(UTF_8);
      lake.send(new ProducerRecord<>(lake.topics().raw().name(), partition, null, value));
    }
  }

  /** A record that the live application has sent to its visitor's partition. */
  private static ProducerRecord<byte[], byte[]> rekeyed(String topic, int partition, long offset) {
    var record = new ProducerRecord<byte[], byte[]>(topic, 0, new byte[] {1}, new byte[] {2});
    record
        .headers()
        .add(
            "weir-origin",
            ByteBuffer.allocate(20).putInt(partition).putLong(offset).putLong(1).array());
    return record;
  }

  /** Sends the sums of a day, and that everything has settled. */
  private static void cells(Lake lake, String application, long version, long sessions) {
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
        new GoldKey(Subject.PROGRESS, Grain.DAY, Dimension.ALL, false, 0, "UTC"),
        version,
        0);
  }

  private static void cell(Lake lake, String topic, GoldKey key, long version, long sessions) {
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

  private static void sendSession(Lake lake, String topic, String visitor, int revision) {
    try (var serde = AvroSerde.session()) {
      byte[] value =
          serde.serialize("", TestSessions.session(visitor, 1).setRevision(revision).build());
      lake.send(new ProducerRecord<>(topic, 0, new byte[] {1}, requireNonNull(value)));
    }
  }

  private static void make(Lake lake, Topic topic) {
    try (Admin admin = lake.kafka().admin()) {
      assertThat(new TopicProvisioner(admin).ensure(List.of(topic))).isEmpty();
    }
  }

  /** Commits the same offset for all partitions of a topic, as a stream-app does. */
  private static void commit(Lake lake, String group, Map<String, Long> topics) throws Exception {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    topics.forEach((topic, offset) ->
        IntStream.range(0, PARTITIONS)
            .forEach(
                p -> offsets.put(new TopicPartition(topic, p), new OffsetAndMetadata(offset))));
    try (Admin admin = lake.kafka().admin()) {
      admin.alterConsumerGroupOffsets(group, offsets).all().get();
    }
  }

  private static Map<TopicPartition, Long> committed(Lake lake, String group) throws Exception {
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

  private static KafkaConsumer<byte[], byte[]> member(Lake lake, String group) {
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
  private static Set<String> offsets(Lake lake, String topic) {
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

  private static String run(Lake lake, int code, String... arguments) {
    var all = with(new String[] {"gold"}, arguments);
    boolean waits = List.of("switch", "rebuild").contains(arguments[0]);
    return Commands.run(lake, code, waits ? with(all, "--wait", "0s") : all);
  }
}
