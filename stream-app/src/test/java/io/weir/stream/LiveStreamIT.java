package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.contract.VisitorPartition;
import io.weir.testkit.RealBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live stream of several instances as processes, listened to at one of them. */
class LiveStreamIT {
  private static final int PARTITIONS = 4;

  @TempDir private static Path folder;
  private static RealBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = RealBroker.start(folder.resolve("kafka"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void oneStream_showsAllInstancesWhoeverComesAndGoes() throws Exception {
    try (var first = ready("first");
        var listener = Listener.to(first.uri("/v1/stream"));
        var second = ready("second");
        var traffic = new Traffic(broker.bootstrapServers(), folder.resolve("clicks"), PARTITIONS);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      awaitShared(listener, first, second);
      var _ = clock.scheduleWithFixedDelay(traffic::round, 0, 300, TimeUnit.MILLISECONDS);
      assertShowsSessionsOf(second, listener);
      assertShowsSessionsOf(first, listener);
      clock.shutdown();
      assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      listener.counters(counters -> received(counters) == received(first) + received(second));

      second.kill();

      JsonNode without = listener.counters(counters -> counters.path("instances").asInt() == 1);
      assertThat(without.path("missing")).hasSize(1);
      assertThat(without.path("missing").path(0).asText()).isEqualTo(second.address());
      listener.counters(counters -> isWhole(counters, 1));
      try (var third = ready("third")) {
        awaitShared(listener, first, third);
      }
    }
  }

  private static Instance ready(String name) throws InterruptedException {
    Instance instance =
        Instance.start(
            folder.resolve(name),
            Map.of(
                "WEIR_KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "WEIR_TOPIC_PARTITIONS",
                "" + PARTITIONS,
                "WEIR_STREAM_ENRICHMENTS",
                "none"));
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!instance.isReady()) {
      assertThat(System.nanoTime()).as(instance.output()).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000L);
    }
    return instance;
  }

  /** Whether no instance is missing and every partition is reported. */
  private static boolean isWhole(JsonNode counters, int instances) {
    return counters.path("instances").asInt() == instances
        && counters.path("missing").isEmpty()
        && counters.path("status").path("state").asText().equals("RUNNING")
        && counters.path("status").path("partitions").size() == PARTITIONS;
  }

  private static void awaitShared(Listener listener, Instance one, Instance other)
      throws InterruptedException {
    listener.counters(counters ->
        isWhole(counters, 2) && !partitions(one).isEmpty() && !partitions(other).isEmpty());
  }

  private static void assertShowsSessionsOf(Instance instance, Listener listener)
      throws InterruptedException {
    Set<Integer> partitions = partitions(instance);
    listener.session(visitor -> partitions.contains(VisitorPartition.of(visitor, PARTITIONS)));
  }

  private static Set<Integer> partitions(Instance instance) {
    return asked(instance::active);
  }

  private static long received(Instance instance) {
    return asked(() -> instance.json("/v1/status")).path("received").asLong();
  }

  private static long received(JsonNode counters) {
    return counters.path("status").path("received").asLong();
  }

  private static <T> T asked(Callable<T> question) {
    try {
      return question.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
