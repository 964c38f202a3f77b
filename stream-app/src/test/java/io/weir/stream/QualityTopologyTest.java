package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldTopic;
import io.weir.contract.avro.GoldCell;
import io.weir.stream.enrich.EnricherChain;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends records of every outcome through the topology, and reads the cells of quality. */
class QualityTopologyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path stateDir;
  private RunningTopology running;
  private final Map<String, GoldCell> cells = new HashMap<>();

  @BeforeEach
  void start() {
    running = new RunningTopology(stateDir, NOON, EnricherChain.standard());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void send(String key, String value) {
    running.raw.pipeInput(key.getBytes(UTF_8), value.getBytes(UTF_8), NOON);
  }

  private static String event(String id, Instant time) {
    return """
    {"event_id":"%s","event_type":"page_view","event_time":"%s","anonymous_id":"v",\
    "url":"https://shop.example/"}\
    """
        .formatted(id, time);
  }

  /** The records by outcome in the newest cells of a grain. */
  private Map<String, Long> counts(String grain, Instant bucket) {
    for (GoldCell cell :
        running
            .driver
            .createOutputTopic(
                GoldTopic.name("test"),
                new StringDeserializer(),
                AvroSerde.goldCell().deserializer())
            .readValuesToList()) {
      cells.put(
          cell.getGrain() + cell.getBucketStart() + cell.getSubject() + cell.getValue(), cell);
    }
    var counts = new TreeMap<String, Long>();
    for (GoldCell cell : cells.values()) {
      if (cell.getSubject().equals("quality")
          && cell.getGrain().equals(grain)
          && cell.getBucketStart() == bucket.toEpochMilli()) {
        counts.put(cell.getValue(), cell.getEvents());
      }
    }
    return counts;
  }

  @Test
  void everyRecord_countsWithItsOutcome() {
    send("v", event("new", NOON));
    send("v", event("new", NOON));
    send("v", event("late", NOON.minus(Duration.ofDays(8))));
    send("v", event("old", NOON.minus(Duration.ofDays(400))));
    send("v", "no json");
    send("w", "no json");
    send("another", event("astray", NOON));

    Map<String, Long> expected =
        Map.of(
            "received", 7L,
            "accepted", 3L,
            "late", 1L,
            "duplicate", 1L,
            "rejected:time_too_old", 1L,
            "rejected:not_json", 2L,
            "rekeyed", 1L,
            "returned", 1L);
    assertThat(counts("1m", NOON)).isEqualTo(expected);
    assertThat(counts("15m", NOON)).isEqualTo(expected);
    assertThat(counts("day", NOON.minus(Duration.ofHours(12)))).isEqualTo(expected);
  }

  @Test
  void minute_isThatOfTheProcessing() {
    running.driver.advanceWallClockTime(Duration.ofSeconds(61));

    send("v", event("new", NOON));

    assertThat(counts("1m", NOON)).isEmpty();
    assertThat(counts("1m", NOON.plusSeconds(60))).containsEntry("accepted", 1L);
    GoldCell received =
        cells.values().stream()
            .filter(cell -> cell.getValue().equals("received") && cell.getGrain().equals("1m"))
            .findAny()
            .orElseThrow();
    assertThat(received.getDurationMs()).isEqualTo(61_000);
  }
}
