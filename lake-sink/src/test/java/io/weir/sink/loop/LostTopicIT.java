package io.weir.sink.loop;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Checks that a loop stops if its topic lost records or was replaced, until the operator accepts
 * it.
 */
@ExtendWith(Servers.class)
class LostTopicIT {
  private static final String ACCEPT = "WEIR_SINK_ACCEPT_LOST_OFFSETS";

  @Test
  void recordsExpiredUnread_stopUntilAccepted(Lake lake)
      throws ExecutionException, InterruptedException {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    produce(lake, 0, "e0");
    run(lake, factory, 1);
    produce(lake, 0, "e1", "e2");
    try (Admin admin = lake.kafka().admin()) {
      var first = Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(2));
      admin.deleteRecords(first).all().get();
    }

    String problem = refused(lake, factory);
    run(lake, lake.factory(Clock.systemUTC(), ACCEPT, "true"), 2);

    assertThat(problem)
        .contains(
            "topic " + topic.name() + " partition 0 begins at offset 2",
            "the table stands at offset 1",
            "offsets 1 to 1 expired unread",
            ACCEPT + "=true");
    assertThat(ids(lake)).containsExactlyInAnyOrder("e0", "e2");
  }

  @Test
  void topicMadeAnew_stopsUntilAccepted_alsoWhenItHasOutgrownTheTable(Lake lake)
      throws ExecutionException, InterruptedException {
    TestSink factory = lake.factory(Clock.systemUTC());
    produce(lake, 0, "e0", "e1");
    produce(lake, 1, "e2");
    run(lake, factory, 3);
    String before = topicId(lake);
    makeAnew(lake);
    TestSink again = lake.factory(Clock.systemUTC());
    produce(lake, 0, "n0", "n1", "n2");
    produce(lake, 1, "n3", "n4");

    String problem = refused(lake, again);
    run(lake, lake.factory(Clock.systemUTC(), ACCEPT, "true"), 8);

    assertThat(problem)
        .contains(
            "topic " + lake.topics().events().name() + " was made anew",
            "the topic of id " + before,
            ACCEPT + "=true");
    assertThat(topicId(lake)).isNotEqualTo(before);
    assertThat(ids(lake)).containsExactlyInAnyOrder("e0", "e1", "e2", "n0", "n1", "n2", "n3", "n4");

    produce(lake, 1, "n5");
    run(lake, again, 9);
  }

  @Test
  void topicMadeAnewWhileItIsRead_nothingOfItIsCommitted(Lake lake)
      throws ExecutionException, InterruptedException {
    TestSink factory = lake.factory(Clock.systemUTC());
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();
    produce(lake, 0, "e0", "e1");
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 2, loop);

    makeAnew(lake);
    var _ = lake.factory(Clock.systemUTC());
    produce(lake, 0, "n0", "n1", "n2", "n3");
    Until.holds(() -> parts.health().problem().orElse("").contains("was made anew"), loop);
    loop.close();

    assertThat(ids(lake)).containsExactlyInAnyOrder("e0", "e1");
  }

  @Test
  void tableOfAnOlderVersion_knowsNoTopicAndLearnsIt(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    produce(lake, 0, "e0");
    run(lake, factory, 1);
    Table table = lake.table(LakeTables.EVENTS);
    table
        .newAppend()
        .set("weir.offsets", "0=1")
        .set("weir.commit-id", "of an older version")
        .commit();
    assertThat(topicId(lake)).isEmpty();

    produce(lake, 0, "e1");
    run(lake, factory, 2);

    assertThat(topicId(lake)).isNotEmpty();
  }

  private static void makeAnew(Lake lake) throws ExecutionException, InterruptedException {
    String topic = lake.topics().events().name();
    try (Admin admin = lake.kafka().admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  private static String refused(Lake lake, TestSink factory) {
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var strict = new SinkLoop(parts, factory.consumer("events"));
    strict.start();
    Until.holds(() -> parts.health().problem().orElse("").contains(ACCEPT), strict);
    strict.close();
    return parts.health().problem().orElse("");
  }

  private static void run(Lake lake, TestSink factory, int rows) {
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == rows, loop);
    loop.close();
  }

  private static void produce(Lake lake, int partition, String... ids) {
    for (String id : ids) {
      lake.produce(lake.topics().events(), partition, bytes(event(id, _ -> {})));
    }
  }

  private static String topicId(Lake lake) {
    return CommittedOffsets.newest(lake.table(LakeTables.EVENTS)).offsets().topicId();
  }

  private static List<String> ids(Lake lake) {
    return lake.rows(LakeTables.EVENTS).stream()
        .map(row -> (String) row.getField("event_id"))
        .toList();
  }
}
