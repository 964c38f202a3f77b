package io.weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.VisitorPartition;
import io.weir.process.Settings;
import io.weir.process.Stop;
import io.weir.process.Surroundings;
import io.weir.process.terminal.Terminal;
import io.weir.testkit.RealBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestIT {
  private static final int PARTITIONS = 4;

  @TempDir private Path folder = Path.of("");

  private Map<String, String> environment(RealBroker broker) {
    return Map.of(
        "WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
        "WEIR_TOPIC_PARTITIONS", "" + PARTITIONS,
        "WEIR_INGEST_STATE_DIR", folder.resolve("state").toString());
  }

  private int execute(RealBroker broker, Stop stop, String... arguments) {
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, UTF_8);
    Settings settings = Settings.of(environment(broker));
    var terminal = new Terminal(print, print, false);
    return Main.execute(
        new Surroundings(settings, Clock.systemUTC(), System::nanoTime, stop, terminal), arguments);
  }

  private static List<ConsumerRecord<byte[], byte[]>> raw(RealBroker broker) {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(number -> new TopicPartition("clickstream.raw", number))
            .toList();
    var deserializer = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            deserializer,
            deserializer)) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (records.size() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  private static String lines(int from, int to) {
    var lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "{\"ts\":\"2024-07-01T10:%02d:%02dZ\",\"visitor_id\":\"v%d\",\"event\":\"page\"}\n"
              .formatted(i / 60 % 60, i % 60, i % 37));
    }
    return lines.toString();
  }

  @Test
  void files_arriveOnTheirVisitorsPartitions_once() throws IOException {
    Path file = Files.writeString(folder.resolve("events.jsonl"), lines(0, 500));
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"))) {
      int first = execute(broker, new Stop(), file.toString());
      int second = execute(broker, new Stop(), file.toString());

      List<ConsumerRecord<byte[], byte[]>> raw = raw(broker);
      assertThat(first).isZero();
      assertThat(second).isZero();
      assertThat(raw).hasSize(500);
      assertThat(raw)
          .allMatch(record -> VisitorPartition.of(record.key(), PARTITIONS) == record.partition());
    }
  }

  @Test
  void watchedFolder_isTakenOnce_alsoOverARestart() throws Exception {
    Path landing = Files.createDirectory(folder.resolve("landing"));
    try (RealBroker broker = RealBroker.start(folder.resolve("broker"))) {
      land(landing, "a.jsonl", lines(0, 100));
      watchUntil(broker, landing, 100);
      land(landing, "b.jsonl", lines(100, 250));
      watchUntil(broker, landing, 250);

      assertThat(raw(broker)).hasSize(250);
    }
  }

  private void land(Path landing, String name, String content) throws IOException {
    Path unfinished = Files.writeString(landing.resolve(name + ".tmp"), content);
    Files.move(unfinished, landing.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts a watching process and stops it once there are so many events. */
  private void watchUntil(RealBroker broker, Path landing, int events) throws InterruptedException {
    var stop = new Stop();
    var thread = new Thread(() -> execute(broker, stop, landing.toString(), "--watch"));
    thread.start();
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (thread.isAlive() && System.nanoTime() < deadline && count(broker) < events) {
      stop.pause(100);
    }
    stop.request();
    thread.join();
    assertThat(count(broker)).isEqualTo(events);
  }

  private static int count(RealBroker broker) {
    try {
      return raw(broker).size();
    } catch (org.apache.kafka.common.KafkaException | IllegalStateException e) {
      return 0; // the topic is not there yet
    }
  }
}
