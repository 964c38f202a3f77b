package io.weir.sink.gold;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitOutcome;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.sink.write.RowWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks that the positions of gold's readers move together with the rows, or not at all. */
@ExtendWith(Servers.class)
class GoldPositionsIT {
  private static final String ACCEPT = "WEIR_SINK_ACCEPT_LOST_OFFSETS";

  @Test
  void goldOfAnOlderVersion_goesOnWhereItsGroupLeftOff(Lake lake)
      throws ExecutionException, InterruptedException {
    TestSink factory = lake.factory(Clock.systemUTC());
    produce(lake, "a", "b", "c");
    lake.change("DROP TABLE gold.positions");
    groupCommits(lake, 2);

    run(lake, lake.factory(Clock.systemUTC()), "c");

    assertThat(positions(lake)).isEqualTo("session_metrics 0 3");
    produce(lake, "d");
    run(lake, factory, "c,d");
  }

  @Test
  void goldMadeAnew_isReadFromTheFirstRecord_whateverTheGroupSays(Lake lake)
      throws ExecutionException, InterruptedException {
    TestSink factory = lake.factory(Clock.systemUTC());
    produce(lake, "a", "b", "c");
    run(lake, factory, "a,b,c");
    groupCommits(lake, 3);

    lake.change("DROP SCHEMA gold CASCADE");
    run(lake, lake.factory(Clock.systemUTC()), "a,b,c");

    lake.change("DELETE FROM gold.positions; DELETE FROM gold.session_revisions");
    run(lake, factory, "a,b,c");
  }

  @Test
  void topicMadeAnew_stopsUntilAccepted(Lake lake) throws ExecutionException, InterruptedException {
    TestSink factory = lake.factory(Clock.systemUTC());
    produce(lake, "a", "b");
    run(lake, factory, "a,b");
    try (Admin admin = lake.kafka().admin()) {
      admin.deleteTopics(List.of(topic(lake).name())).all().get();
    }
    TestSink again = lake.factory(Clock.systemUTC());
    produce(lake, "c", "d", "e");
    LoopParts parts = metrics(lake, again);
    var strict = new SinkLoop(parts, again.consumer("session_metrics"));
    strict.start();
    Until.holds(() -> parts.health().problem().orElse("").contains(ACCEPT), strict);
    strict.close();

    assertThat(parts.health().problem().orElse("")).contains("was made anew");
    assertThat(keys(lake)).isEqualTo("a,b");
    run(lake, lake.factory(Clock.systemUTC(), ACCEPT, "true"), "a,b,c,d,e");
    assertThat(positions(lake)).isEqualTo("session_metrics 0 3");
  }

  @Test
  void partitionsThatMove_areGoneOnWithFromTheTable(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    var one = new SinkLoop(metrics(lake, factory), factory.consumer("session_metrics"));
    var two = new SinkLoop(metrics(lake, factory), factory.consumer("session_metrics"));
    one.start();
    two.start();
    for (int i = 0; i < 40; i++) {
      lake.produce(topic(lake), i % 4, bytes(session("s" + i, 0, _ -> {})));
    }
    Until.holds(() -> keys(lake).split(",", -1).length == 40, one, two);
    one.close();
    for (int i = 0; i < 40; i++) {
      lake.produce(topic(lake), i % 4, bytes(session("t" + i, 0, _ -> {})));
    }
    Until.holds(() -> keys(lake).split(",", -1).length == 80, two);
    two.close();

    assertThat(lake.gold("SELECT sum(next_offset) FROM gold.positions")).isEqualTo("80");
  }

  @Test
  void commitTriedAgain_isWrittenOnce_andAStaleOneNever(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    assertThat(factory).isNotNull();
    var first = new CommitPlan("1", "topic", Map.of(0, new CommitPlan.Span(-1, 1)));
    var second = new CommitPlan("2", "topic", Map.of(0, new CommitPlan.Span(1, 2)));
    try (var writer = new GoldWriter<>(GoldTables.SESSION_METRICS, lake.postgres());
        var zombie = new GoldWriter<>(GoldTables.SESSION_METRICS, lake.postgres())) {
      RowWriter batch = writer.batch(topic(lake), AvroSerde.session());
      RowWriter stale = zombie.batch(topic(lake), AvroSerde.session());
      batch.write(record(lake, "a"));
      stale.write(record(lake, "z"));

      assertThat(writer.commit(first, Changes.NONE)).isInstanceOf(CommitOutcome.Committed.class);
      assertThat(writer.commit(first, Changes.NONE)).isInstanceOf(CommitOutcome.Committed.class);
      batch.committed();
      batch.write(record(lake, "b"));
      assertThat(writer.commit(second, Changes.NONE)).isInstanceOf(CommitOutcome.Committed.class);

      assertThat(zombie.commit(first, Changes.NONE))
          .isEqualTo(
              new CommitOutcome.Stale(
                  "partition 0 stands at 2 in the table, this writer started from no offset"));
    }
    assertThat(keys(lake)).isEqualTo("a,b");
  }

  private static ConsumerRecord<byte[], byte[]> record(Lake lake, String key) {
    byte[] value = bytes(session(key, 0, _ -> {}));
    return new ConsumerRecord<>(topic(lake).name(), 0, 0, null, value);
  }

  private static Topic topic(Lake lake) {
    return lake.topics().sessions();
  }

  private static LoopParts metrics(Lake lake, TestSink factory) {
    return factory.gold(GoldTables.SESSION_METRICS, topic(lake), AvroSerde.session());
  }

  private static void produce(Lake lake, String... keys) {
    for (String key : keys) {
      lake.produce(topic(lake), 0, bytes(session(key, 0, _ -> {})));
    }
  }

  private static void run(Lake lake, TestSink factory, String keys) {
    var loop = new SinkLoop(metrics(lake, factory), factory.consumer("session_metrics"));
    loop.start();
    Until.holds(() -> keys(lake).equals(keys), loop);
    loop.close();
  }

  private static void groupCommits(Lake lake, long offset)
      throws ExecutionException, InterruptedException {
    try (Admin admin = lake.kafka().admin()) {
      String group = GroupOffsets.group(lake.prefix(), "session_metrics");
      admin
          .alterConsumerGroupOffsets(
              group,
              Map.of(new TopicPartition(topic(lake).name(), 0), new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }

  private static String keys(Lake lake) {
    return lake.gold("SELECT string_agg(session_key, ',' ORDER BY 1) FROM gold.session_metrics");
  }

  private static String positions(Lake lake) {
    return lake.gold("SELECT concat_ws(' ', relation, partition, next_offset) FROM gold.positions");
  }
}
