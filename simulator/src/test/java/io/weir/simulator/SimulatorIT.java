package io.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.VisitorPartition;
import io.weir.process.Settings;
import io.weir.process.Stop;
import io.weir.process.Surroundings;
import io.weir.process.terminal.Terminal;
import io.weir.testkit.ManualClock;
import io.weir.testkit.RealBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorIT {
  private static final int PARTITIONS = 4;

  @TempDir private Path folder = Path.of("");

  private static int execute(Map<String, String> environment, String... arguments) {
    return Main.execute(surroundings(environment, System::nanoTime, new Stop()), arguments);
  }

  @Test
  void runAndReplay_toABroker_arriveCompleteOnTheVisitorsPartitions() throws IOException {
    Path file = folder.resolve("events.jsonl");
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"))) {
      Map<String, String> environment = environment(broker, "run");
      String[] run = {"run", "--events", "20000", "--close", "--ending-before", "2h"};
      int ran = execute(environment, run);
      execute(
          environment,
          "run",
          "--events",
          "20000",
          "--close",
          "--ending-before",
          "2h",
          "--target",
          "file",
          "--out",
          file.toString());
      int replayed =
          execute(environment(broker, "replay"), "replay", file.toString(), "--speed", "max");

      assertThat(ran).isZero();
      assertThat(replayed).isZero();
      List<String> sent = Files.readAllLines(file).stream().sorted().toList();
      assertThat(values(records(broker, "run.raw"))).isEqualTo(sent);
      assertThat(values(records(broker, "replay.raw"))).isEqualTo(sent);
      assertThat(records(broker, "replay.raw")).allSatisfy(SimulatorIT::checkKeyed);
    }
  }

  @Test
  void historyOnce_topicWrittenToBefore_playsNoHistory() throws IOException {
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"))) {
      Map<String, String> environment = environment(broker, "once");
      String[] run = {"run", "--events", "2000", "--live", "--history-once"};

      int first = executeUntilLive(environment, run);
      int sent = records(broker, "once.raw").size();
      int second = executeUntilLive(environment, run);

      assertThat(first).isZero();
      assertThat(sent).isEqualTo(2000);
      assertThat(second).isZero();
      assertThat(records(broker, "once.raw")).hasSize(sent);
    }
  }

  /**
   * Runs until live mode: the clock stands still, so nothing is due after the history, and a later
   * reading ends the run.
   */
  private static int executeUntilLive(Map<String, String> environment, String... arguments) {
    var stop = new Stop();
    var looks = new AtomicInteger();
    LongSupplier nanos =
        () -> {
          if (looks.incrementAndGet() == 100) {
            stop.request();
          }
          return System.nanoTime();
        };
    return Main.execute(surroundings(environment, nanos, stop), arguments);
  }

  private static Surroundings surroundings(
      Map<String, String> environment, LongSupplier nanos, Stop stop) {
    var clock = new ManualClock(Simulated.UNTIL);
    var terminal = new Terminal(System.out, System.err, false);
    return new Surroundings(Settings.of(environment), clock, nanos, stop, terminal);
  }

  private static Map<String, String> environment(RealBroker broker, String prefix) {
    return Map.of(
        "WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
        "WEIR_TOPIC_PREFIX", prefix,
        "WEIR_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
  }

  private static void checkKeyed(ConsumerRecord<byte[], byte[]> record) {
    Reader.read(new String(record.value(), StandardCharsets.UTF_8))
        .ifPresent(event -> {
          assertThat(record.key()).asString().isEqualTo(event.visitor());
          assertThat(record.partition())
              .isEqualTo(VisitorPartition.of(event.visitor(), PARTITIONS));
        });
  }

  private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(RealBroker broker, String topic) {
    Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
    var bytes = new ByteArrayDeserializer();
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      assertThat(partitions).hasSize(PARTITIONS);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      while (records.size() < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }
}
