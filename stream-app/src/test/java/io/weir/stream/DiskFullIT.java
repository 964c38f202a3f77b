package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.contract.avro.Session;
import io.weir.testkit.RealBroker;
import io.weir.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the state is full: the service is not ready, names the setting, and ends. Nothing is
 * lost.
 */
class DiskFullIT {
  private static final int PARTITIONS = 2;
  private static final int ROUNDS = 18;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long PAUSE_NANOS = 200_000_000L;

  @TempDir private Path folder;

  @Test
  void diskFull_isReportedAndLosesNothing() throws Exception {
    Path state = folder.resolve("app").resolve("state");
    try (var disk = SmallDisk.mount(state, 48)) {
      assumeTrue(disk.isMounted(), "skipped: this user may not mount a small tmpfs");
      try (RealBroker broker = RealBroker.start(folder.resolve("kafka"))) {
        fillAndFree(broker, state.resolve("ballast"));
      }
    }
  }

  private void fillAndFree(RealBroker broker, Path ballast) throws Exception {
    Path clicks = folder.resolve("clicks.jsonl");
    try (var traffic = new Traffic(broker.bootstrapServers(), clicks, PARTITIONS)) {
      try (var instance = start(broker)) {
        await("ready", instance::isReady);
        for (int round = 0; round < ROUNDS; round++) {
          traffic.round();
        }
        await("first events", () -> isAccepted(instance));

        await("the reason", () -> isReported(instance, traffic, ballast));
        assertThat(instance.isReady()).isFalse();
        assertThat(instance.awaitExit()).isEqualTo(1);
        assertThat(instance.output()).contains("Cause:", "No space left on device");
      }
      Files.delete(ballast);
      try (var instance = start(broker)) {
        traffic.end();
        Map<String, Session> expected = FinalSessions.offline(clicks, folder.resolve("offline"));
        await("all sessions", () -> FinalSessions.closed(broker).size() == expected.size());
        assertThat(FinalSessions.closed(broker)).isEqualTo(expected);
        assertThat(instance.isReady()).isTrue();
      }
    }
  }

  /**
   * Whether the full disk is reported. Fills the disk again, as the state frees files meanwhile.
   */
  private static boolean isReported(Instance instance, Traffic traffic, Path ballast)
      throws IOException {
    SmallDisk.fill(ballast);
    traffic.round();
    return instance.output().contains("WEIR_STREAM_STATE_DIR=" + ballast.getParent());
  }

  /** Starts an instance with little memory, so that it writes to its disk soon. */
  private Instance start(RealBroker broker) {
    return Instance.start(
        folder.resolve("app"),
        Map.of(
            "WEIR_KAFKA_BOOTSTRAP_SERVERS",
            broker.bootstrapServers(),
            "WEIR_TOPIC_PARTITIONS",
            "" + PARTITIONS,
            "WEIR_STREAM_ENRICHMENTS",
            "url",
            "WEIR_STREAM_ROCKSDB_MEMORY",
            "1mb"));
  }

  private static boolean isAccepted(Instance instance) throws Exception {
    return instance.json("/v1/status").path("accepted").asLong() > 0;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
