package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.stream.enrich.EnricherChain;
import io.weir.testkit.TestEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain of timers of one visitor holds from the first session until the last is forgotten. */
class ReturningVisitorTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int SESSIONS = 60;

  @TempDir private Path stateDir;

  @Test
  void eachSessionCloses_andInTheEndNothingIsLeft() {
    try (var running = new RunningTopology(stateDir, NOON, EnricherChain.standard())) {
      for (int i = 0; i < SESSIONS; i++) {
        Instant time = NOON.minus(Duration.ofHours(SESSIONS - i));
        running.raw.pipeInput(
            "cookie".getBytes(UTF_8), TestEvents.rawView("cookie", "e" + i, time));
        running.driver.advanceWallClockTime(Duration.ofHours(1));
      }

      assertThat(running.values(running.topics.sessions(), AvroSerde.session()))
          .hasSize(SESSIONS)
          .allMatch(session -> session.getRevision() == 0)
          .last()
          .extracting(Session::getVisitorSessionNumber)
          .isEqualTo(SESSIONS);

      running.driver.advanceWallClockTime(Duration.ofDays(1));
      running.driver.advanceWallClockTime(Duration.ofDays(30));

      assertThat(keys(running, "visitors")).isEmpty();
    }
  }

  private static List<Object> keys(RunningTopology running, String name) {
    var store =
        (ReadOnlyKeyValueStore<?, ?>)
            Objects.requireNonNull(running.driver.getAllStateStores().get(name));
    var keys = new ArrayList<>();
    try (KeyValueIterator<?, ?> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }
}
