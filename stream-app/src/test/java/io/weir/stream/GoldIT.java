package io.weir.stream;

import static io.weir.stream.InstancesIT.PARTITIONS;
import static io.weir.stream.InstancesIT.PATIENCE;
import static io.weir.stream.InstancesIT.areShared;
import static io.weir.stream.InstancesIT.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldTopic;
import io.weir.contract.VisitorPartition;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Session;
import io.weir.stream.gold.Recomputation;
import io.weir.testkit.RealBroker;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cells of gold add up to the sessions and events, whoever of the instances summed them: one is
 * killed and one is stopped while late events flow.
 */
class GoldIT {
  @TempDir private static Path folder;

  private static Instance start(RealBroker broker, String name) {
    return Instance.start(
        folder.resolve(name),
        Map.of(
            "WEIR_KAFKA_BOOTSTRAP_SERVERS",
            broker.bootstrapServers(),
            "WEIR_TOPIC_PARTITIONS",
            "" + PARTITIONS,
            "WEIR_SITE_TIME_ZONE",
            "Asia/Kolkata",
            "WEIR_STREAM_ENRICHMENTS",
            "url"));
  }

  @Test
  void cells_addUpToTheSessionsAfterAKillAndAStop() throws Exception {
    Path file = folder.resolve("clicks.jsonl");
    try (RealBroker broker = RealBroker.start(folder.resolve("kafka"));
        var first = start(broker, "first");
        var second = start(broker, "second");
        var traffic = new Traffic(broker.bootstrapServers(), file, PARTITIONS);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      await("all partitions shared by two", () -> areShared(List.of(first, second)));
      var flow = clock.scheduleWithFixedDelay(traffic::round, 0, 300, TimeUnit.MILLISECONDS);
      await("some sessions", () -> FinalSessions.closed(broker).size() > 200);

      first.kill();

      await("partitions moved", () -> second.active().size() == PARTITIONS);
      try (var again = start(broker, "first")) {
        await("all partitions shared again", () -> areShared(List.of(again, second)));
      }
      await("partitions moved back", () -> second.active().size() == PARTITIONS);
      flow.cancel(false);
      clock.submit(traffic::end).get();
      Map<String, Session> expected = FinalSessions.offline(file, folder.resolve("offline"));
      awaitSessions(broker, expected);

      Map<Integer, List<Session>> rows = lastRows(broker);
      Map<Integer, List<EnrichedEvent>> events = events(broker);
      Map<Integer, Map<String, GoldCell>> cells = cells(broker);
      assertThat(cells.keySet()).isEqualTo(rows.keySet()).hasSize(PARTITIONS);
      rows.forEach((partition, sessions) ->
          assertThat(numbers(cells.getOrDefault(partition, Map.of())))
              .isEqualTo(
                  Recomputation.of(
                      sessions,
                      events.getOrDefault(partition, List.of()),
                      ZoneId.of("Asia/Kolkata"))));
      cells.forEach((partition, ofPartition) ->
          assertBalance(ofPartition, events.getOrDefault(partition, List.of()).size()));
    }
  }

  /** Says in the end which sessions differ. */
  private static void awaitSessions(RealBroker broker, Map<String, Session> expected)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Session> closed = FinalSessions.closed(broker);
    while (!closed.equals(expected) && System.nanoTime() < deadline) {
      Thread.sleep(50);
      closed = FinalSessions.closed(broker);
    }
    assertThat(closed).containsExactlyInAnyOrderEntriesOf(expected);
  }

  /** Records count once, also those of transactions that a kill aborted. */
  private static void assertBalance(Map<String, GoldCell> cells, long events) {
    for (String grain : List.of("1m", "15m", "day")) {
      var counts = new TreeMap<String, Long>();
      for (GoldCell cell : cells.values()) {
        if (cell.getSubject().equals("quality") && cell.getGrain().equals(grain)) {
          counts.merge(cell.getValue(), cell.getEvents(), Long::sum);
        }
      }
      long out =
          counts.entrySet().stream()
              .filter(
                  each -> !List.of("received", "returned", "late", "robot").contains(each.getKey()))
              .mapToLong(Map.Entry::getValue)
              .sum();
      assertThat(counts.getOrDefault("accepted", 0L)).as("%s %s", grain, counts).isEqualTo(events);
      assertThat(counts.getOrDefault("received", 0L) + counts.getOrDefault("returned", 0L))
          .as("%s %s", grain, counts)
          .isEqualTo(out)
          .isGreaterThan(0);
    }
  }

  private static Map<String, Map<String, BigDecimal>> numbers(Map<String, GoldCell> cells) {
    return Recomputation.stored(cells.values());
  }

  /** The last revision of each session, of open visitors' partitions too, by partition. */
  private static Map<Integer, List<Session>> lastRows(RealBroker broker) {
    var rows = new HashMap<String, Session>();
    FinalSessions.read(
        broker,
        "clickstream.sessions",
        AvroSerde.session(),
        (_, row) -> rows.put(row.getSessionKey(), row));
    assertThat(rows.values().stream().filter(Session::getIsRetracted).count()).isGreaterThan(5);
    assertThat(rows.values().stream().filter(row -> row.getRevision() > 0).count())
        .isGreaterThan(50);
    var partitions = new TreeMap<Integer, List<Session>>();
    for (Session row : rows.values()) {
      int partition = VisitorPartition.of(row.getVisitorId(), PARTITIONS);
      partitions.computeIfAbsent(partition, _ -> new ArrayList<>()).add(row);
    }
    return partitions;
  }

  private static Map<Integer, List<EnrichedEvent>> events(RealBroker broker) {
    var partitions = new TreeMap<Integer, List<EnrichedEvent>>();
    FinalSessions.read(
        broker,
        "clickstream.events",
        AvroSerde.enrichedEvent(),
        (_, event) -> {
          int partition = VisitorPartition.of(event.getVisitorId(), PARTITIONS);
          partitions.computeIfAbsent(partition, _ -> new ArrayList<>()).add(event);
        });
    return partitions;
  }

  private static Map<Integer, Map<String, GoldCell>> cells(RealBroker broker) {
    var cells = new TreeMap<Integer, Map<String, GoldCell>>();
    FinalSessions.read(
        broker,
        GoldTopic.name("clickstream-stream"),
        AvroSerde.goldCell(),
        (key, cell) -> {
          assertThat(GoldKey.global(cell)).isEqualTo(cell.getPartition() + "|" + key);
          GoldCell before =
              cells.computeIfAbsent(cell.getPartition(), _ -> new HashMap<>()).put(key, cell);
          if (before != null) {
            assertThat(cell.getVersion()).isGreaterThan(before.getVersion());
          }
        });
    return cells;
  }
}
