package io.weir.tools.doctor;

import static io.weir.tools.Commands.run;
import static io.weir.tools.doctor.Finding.Level.FAIL;
import static io.weir.tools.doctor.Finding.Level.WARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.weir.contract.GoldTopic;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.testkit.FreePort;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code doctor} on a deployment in different states of health. */
@ExtendWith(Servers.class)
class DoctorIT {

  @Test
  void beforeAnythingHasStarted_eachPartSaysWhatToStart(Lake lake) {
    assertThat(run(lake, 1, "doctor"))
        .contains("fail  topics", lake.topics().raw().name(), "more: missing", "start stream-app")
        .contains(lake.prefix() + "-stream: it has read nothing yet, and nobody is in it")
        .contains("more: it has read nothing yet", "start lake-sink")
        .contains("gold has no tables", "bronze.raw_events", "command prepare");
  }

  @Test
  void serviceThatRuns_isFine_andThoseThatDoNotAreNamed(Lake lake) {
    int port = FreePort.next();
    lake.set("WEIR_SINK_PORT", Integer.toString(port));
    lake.factory(Clock.systemUTC());
    String said;
    try (Lake.Running _ = lake.serve()) {
      said = run(lake, 1, "doctor", "--url", "http://127.0.0.1:" + port);
    }

    assertThat(said)
        .contains(
            "warn  127.0.0.1:" + port + "   gold.cells: waits for topic", "stream-app creates")
        .contains("ok    lag               " + lake.prefix() + "-sink-", "it is there")
        .contains("start stream-app, then lake-sink")
        .doesNotContain("start lake-sink")
        .contains("tables, without rows", "its clock is right", "tables of version")
        .contains(lake.prefix() + "-stream: it has read nothing yet, and nobody is in it")
        .contains("start ml-scoring");
    assertThat(run(lake, 1, "doctor", "--url", "http://127.0.0.1:" + port, "--json"))
        .contains(
            "\"level\":\"fail\",\"part\":\"127.0.0.1:" + port + "\",\"text\":\"does not answer");
  }

  @Test
  void topicOfAnotherShape_isNamedWithWhatWasWanted(Lake lake) throws Exception {
    try (Admin admin = lake.kafka().admin()) {
      var other = new NewTopic(lake.topics().raw().name(), 3, (short) 1);
      admin.createTopics(List.of(other)).all().get();
    }

    assertThat(run(lake, 1, "doctor"))
        .contains("warn  topics            " + other(lake) + ": partitions is 3");
  }

  private static String other(Lake lake) {
    return lake.topics().raw().name();
  }

  @Test
  void groupThatStandsStill_isBroken_andWhatExpiredIsCounted(Lake lake) throws Exception {
    lake.factory(Clock.systemUTC());
    String topic = lake.topics().raw().name();
    var partition = new TopicPartition(topic, 0);
    byte[] event = {1};
    lake.produce(lake.topics().raw(), 0, event, event, event, event, event, event, event, event);
    try (Admin admin = lake.kafka().admin()) {
      commit(admin, lake, partition, 1);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(5))).all().get();

      GroupCheck check = check(admin, lake, Duration.ofMillis(50));
      assertThat(check.look())
          .extracting(Finding::level, Finding::sentence)
          .containsExactly(
              tuple(FAIL, check.group() + ": 4 records of " + partition + " have expired unread"),
              tuple(
                  FAIL,
                  check.group()
                      + ": 3 records that are older than 0 s are unread, and it stood still for 0 s"));

      commit(admin, lake, partition, 8);
      assertThat(check.look()).extracting(Finding::text).containsExactly("up to date");
    }
  }

  @Test
  @Tag("alone")
  void partitionThatWasNeverRead_isNotHiddenByOthersThatMove(Lake lake) throws Exception {
    lake.factory(Clock.systemUTC());
    var first = new TopicPartition(lake.topics().raw().name(), 0);
    byte[][] events = new byte[300][1];
    lake.produce(lake.topics().raw(), 0, events);
    lake.produce(lake.topics().raw(), 1, events[0], events[1], events[2], events[3]);
    var hasSeen = new AtomicBoolean();
    try (Admin admin = lake.kafka().admin();
        var reader = Executors.newVirtualThreadPerTaskExecutor()) {
      commit(admin, lake, first, 1);
      Future<Void> reading = reader.submit(() -> readOn(admin, lake, first, hasSeen));
      try {
        assertThat(check(admin, lake, Duration.ofMillis(900)).look())
            .extracting(finding -> finding.level() + " " + finding.text())
            .singleElement(STRING)
            .startsWith("FAIL ")
            .endsWith("unread, and " + lake.topics().raw().name() + "-1 stood still for 0 s");
      } finally {
        hasSeen.set(true);
      }
      reading.get();
    }
  }

  /** Commits one place after the other, and stays behind however long the look takes. */
  private static @Nullable Void readOn(
      Admin admin, Lake lake, TopicPartition partition, AtomicBoolean hasSeen) throws Exception {
    for (int turn = 0; !hasSeen.get(); turn++) {
      commit(admin, lake, partition, 2 + turn % 250);
      Thread.sleep(20);
    }
    return null;
  }

  @Test
  void markOfASwitchOfGold_isNoReading(Lake lake) throws Exception {
    lake.factory(Clock.systemUTC());
    String changelog = GoldTopic.name(lake.prefix() + "-stream");
    byte[] cell = {1};
    try (Admin admin = lake.kafka().admin()) {
      admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1))).all().get();
      lake.produce(lake.cells(), 0, cell, cell, cell, cell);
      lake.produce(lake.topics().raw(), 0, cell);
      commit(admin, lake, new TopicPartition(changelog, 0), 0);
      commit(admin, lake, new TopicPartition(lake.topics().raw().name(), 0), 1);

      assertThat(check(admin, lake, Duration.ofMillis(50)).look())
          .extracting(Finding::text)
          .containsExactly("up to date");
    }
  }

  private static GroupCheck check(Admin admin, Lake lake, Duration watched) {
    return new GroupCheck(admin, "stream-app", lake.prefix() + "-stream", Duration.ZERO, watched);
  }

  @Test
  void groupOfASideModel_isLookedAtOnlyIfItIsThere(Lake lake) throws Exception {
    lake.factory(Clock.systemUTC());
    String group = lake.prefix() + "-scoring-clicks";
    var partition = new TopicPartition(lake.topics().events().name(), 0);
    lake.produce(lake.topics().events(), 0, new byte[] {1});
    try (Admin admin = lake.kafka().admin()) {
      var check =
          new SideGroupCheck(
              new GroupCheck(admin, "ml-scoring", group, Duration.ZERO, Duration.ofMillis(50)));
      assertThat(check.look()).isEmpty();

      commit(admin, group, partition, 0);
      assertThat(check.look())
          .extracting(Finding::level, Finding::sentence)
          .containsExactly(
              tuple(WARN, group + ": nobody is in it, which is right if its model was removed"));
    }
  }

  @Test
  void groupOfTheProtocolOfStreams_isThere(Lake lake) throws Exception {
    lake.factory(Clock.systemUTC());
    var builder = new StreamsBuilder();
    var bytes = Consumed.with(Serdes.ByteArray(), Serdes.ByteArray());
    builder.stream(lake.topics().raw().name(), bytes).foreach((_, _) -> {});
    var properties = new Properties();
    properties.putAll(lake.kafka().properties());
    properties.put("application.id", lake.prefix() + "-stream");
    properties.put("group.protocol", "streams");
    var isRunning = new CountDownLatch(1);

    try (Admin admin = lake.kafka().admin();
        var streams = new KafkaStreams(builder.build(), properties)) {
      streams.setStateListener((state, _) -> {
        if (state == KafkaStreams.State.RUNNING) {
          isRunning.countDown();
        }
      });
      streams.start();
      assertThat(isRunning.await(1, TimeUnit.MINUTES)).isTrue();

      assertThat(check(admin, lake, Duration.ofMillis(50)).look())
          .extracting(Finding::text)
          .containsExactly("it is there and has read nothing yet");
    }
  }

  private static void commit(Admin admin, Lake lake, TopicPartition partition, long offset)
      throws Exception {
    commit(admin, lake.prefix() + "-stream", partition, offset);
  }

  private static void commit(Admin admin, String group, TopicPartition partition, long offset)
      throws Exception {
    admin
        .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  @Test
  void withoutPostgres_theOtherPartsAreStillLookedAt(Lake lake) {
    lake.factory(Clock.systemUTC());
    lake.database().shut();

    assertThat(run(lake, 1, "doctor"))
        .contains("fail  postgres          cannot be looked at: ")
        .contains(
            "fail  lake              cannot be looked at: the catalog at", "WEIR_POSTGRES_URL")
        .contains("more: it has read nothing yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:postgresql", "jdbc:postgres"})
  void passwordInTheAddressOfPostgres_isNotPrinted(String scheme, Lake lake) {
    String place = scheme + "://127.0.0.1:" + FreePort.next() + "/weir";
    lake.set("WEIR_POSTGRES_URL", place + "?user=weir&password=S3cret");

    assertThat(run(lake, 1, "doctor"))
        .contains("fail  postgres          cannot be looked at: ")
        .contains("cannot be looked at: the catalog at " + place + " does not answer")
        .doesNotContain("S3cret");
    assertThat(run(lake, 1, "doctor", "--json")).doesNotContain("S3cret");
  }
}
