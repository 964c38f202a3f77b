package io.weir.local.command;

import static io.weir.local.command.DemoProcess.allOf;
import static io.weir.local.command.DemoProcess.readUntil;
import static io.weir.local.command.DemoProcess.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Readiness;
import io.weir.local.platform.Service;
import io.weir.local.server.Postmaster;
import io.weir.local.watch.StreamStatus;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A running demo whose processes are suspended and killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SupervisionIT {
  /** Longer than the session and transaction timeouts of 9 and 10 s. */
  private static final Duration SUSPENSION = Duration.ofSeconds(12);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARTITIONS = 4;
  private static final long SMALL_LAG = 500;
  private final DemoProcess launchers;
  private final Process demo;
  private final BufferedReader output;
  private final Catalogue catalogue;

  SupervisionIT(@TempDir Path folder) throws IOException {
    launchers = new DemoProcess(folder);
    demo = launchers.demo();
    output = demo.inputReader();
    catalogue = launchers.catalogue();
  }

  @BeforeAll
  void demoRuns() throws IOException {
    assertThat(readUntil(output, "Weir runs")).contains("Weir runs");
  }

  @AfterAll
  void nothingIsLeft() throws InterruptedException {
    launchers.end();
  }

  /**
   * Suspends all processes, as a stand-in for a sleeping machine: all clocks jump for all
   * processes.
   */
  @Test
  @Order(1)
  void suspendedDemo_goesOnByItself() throws IOException, InterruptedException {
    List<Long> all = everyProcess();
    signal("STOP", all);
    long end = System.nanoTime() + SUSPENSION.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    signal("CONT", all);

    awaitReady();
    awaitFlow();

    assertThat(demo.isAlive()).isTrue();
  }

  private List<Long> everyProcess() throws IOException {
    ProcessHandle server = new Postmaster(launchers.home().postgres()).running().orElseThrow();
    return Stream.of(
            Stream.of(demo.toHandle(), server), demo.toHandle().descendants(), server.descendants())
        .flatMap(handles -> handles)
        .map(ProcessHandle::pid)
        .toList();
  }

  @Test
  @Order(2)
  void killedProcesses_startAgain_andNothingIsLost() throws IOException, InterruptedException {
    for (Service service : Service.values()) {
      long begin = System.nanoTime();
      int before = launchers.home().pidFile(service.id()).restarts();
      kill(service);

      assertThat(readUntil(output, service.title() + " was ended by signal 9: starts again"))
          .contains(service.title() + " was ended by signal 9: starts again in 1 s (1 of 5 in");
      awaitRestart(service, before);
      awaitReady();
      awaitFlow();
      System.out.printf(
          "%s killed: all ready and records flow after %.1f s%n",
          service.id(), (System.nanoTime() - begin) / 1e9);
    }
    awaitNoLag();
    assertBalanced();
    demo.toHandle().destroy();
    readUntil(output, "everything stopped");
    assertThat(demo.waitFor()).isNotEqualTo(1);
    assertThat(launchers.remains()).isEmpty();
  }

  private void kill(Service service) {
    ProcessHandle process = launchers.home().pidFile(service.id()).running().orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  private void awaitNoLag() {
    var status = new StreamStatus.Reader(catalogue.address(Service.STREAM));
    await(() -> {
      try {
        long lag = status.read().lag();
        return lag < SMALL_LAG ? Optional.empty() : Optional.of("stream-app lags by " + lag);
      } catch (IOException e) {
        return Optional.of(e.toString());
      }
    });
  }

  private void assertBalanced() throws IOException, InterruptedException {
    Process audit = launchers.weir("audit", "--settle", "60");
    String result = allOf(audit);
    assertThat(audit.waitFor()).as(result).isZero();
    System.out.println(result);
  }

  private void awaitRestart(Service service, int before) {
    var pidFile = launchers.home().pidFile(service.id());
    await(() ->
        pidFile.restarts() > before && pidFile.running().isPresent()
            ? Optional.empty()
            : Optional.of(service + " was not started again"));
  }

  private void awaitReady() {
    var readiness = new Readiness(catalogue);
    await(() -> {
      var problems = new ArrayList<String>();
      for (Service service : Service.values()) {
        readiness.problem(service).ifPresent(problems::add);
      }
      return problems.isEmpty() ? Optional.empty() : Optional.of(problems.toString());
    });
  }

  /** Waits until new raw events are enriched. */
  private void awaitFlow() {
    Settings settings = Settings.of(catalogue.clientSettings());
    Topics topics = TopicSettings.topics(settings);
    try (Admin admin = KafkaConnection.from(settings).admin()) {
      List<String> names = List.of(topics.raw().name(), topics.events().name());
      List<Long> before = names.stream().map(name -> records(admin, name)).toList();
      await(() ->
          IntStream.range(0, names.size())
              .filter(i -> records(admin, names.get(i)) <= before.get(i))
              .mapToObj(i -> "nothing new in " + names.get(i))
              .findFirst());
    }
  }

  private static long records(Admin admin, String topic) {
    var ends = new HashMap<TopicPartition, OffsetSpec>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    return admin
        .listOffsets(ends)
        .all()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .values()
        .stream()
        .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
        .sum();
  }

  private interface Check {
    Optional<String> problem() throws InterruptedException;
  }

  private static void await(Check check) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Optional<String> problem = check.problem();
          problem.isPresent();
          problem = check.problem()) {
        assertThat(System.nanoTime() - deadline).as(problem.get()).isNegative();
        LockSupport.parkNanos(200_000_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
