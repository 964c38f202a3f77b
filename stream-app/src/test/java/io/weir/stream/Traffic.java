package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.VisitorPartition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Clicks of many visitors in rounds, written to Kafka and to a file. Some come a round later. Some
 * come when their session is closed, and some of these join two sessions.
 */
final class Traffic implements AutoCloseable {
  private static final int VISITORS = 120;
  private static final int ROUNDS_PER_SESSION = 6;
  private static final long PAUSE_SECONDS = 2400;

  /** In rounds. */
  private static final int LATE = 9;

  private final Instant start = Instant.now().minus(Duration.ofHours(20));
  private final Path file;
  private final int partitions;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<String> held = new ArrayList<>();
  private final Map<Integer, List<String>> late = new TreeMap<>();
  private int rounds;

  Traffic(String bootstrapServers, Path file, int partitions) {
    this.file = file;
    this.partitions = partitions;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static List<String> visitors() {
    return IntStream.range(0, VISITORS).mapToObj(i -> "visitor-" + i).toList();
  }

  /**
   * Sends one click of every visitor; every seventh comes a round later, every fifth twice, every
   * thirteenth late.
   */
  void round() {
    var now = new ArrayList<>(held);
    held.clear();
    now.addAll(Objects.requireNonNullElse(late.remove(rounds), List.of()));
    Instant time = start.plusSeconds(rounds * 40L + rounds / ROUNDS_PER_SESSION * PAUSE_SECONDS);
    for (int i = 0; i < VISITORS; i++) {
      String click = click("visitor-" + i, "e-" + i + "-" + rounds, time.plusMillis(i));
      if ((i + rounds) % 13 == 0) {
        late(click);
      } else {
        ((i + rounds) % 7 == 0 ? held : now).add(click);
      }
      if (rounds % ROUNDS_PER_SESSION == 0 && i % 10 == 0) {
        Instant between = time.minusSeconds(PAUSE_SECONDS / 2).plusMillis(i);
        late(click("visitor-" + i, "between-" + i + "-" + rounds, between));
      }
      if ((i + rounds) % 5 == 0) {
        now.add(click);
      }
    }
    rounds++;
    send(now);
  }

  private void late(String click) {
    late.computeIfAbsent(rounds + LATE, _ -> new ArrayList<>()).add(click);
  }

  /**
   * Sends what was held back, then a click of now to each partition, so that all other sessions
   * close.
   */
  void end() {
    late.values().forEach(held::addAll);
    send(List.copyOf(held));
    held.clear();
    late.clear();
    var closing = new ArrayList<String>();
    for (int partition = 0; partition < partitions; partition++) {
      String visitor = "closing-0";
      for (int i = 1; VisitorPartition.of(visitor, partitions) != partition; i++) {
        visitor = "closing-" + i;
      }
      closing.add(click(visitor, visitor, Instant.now()));
    }
    send(closing);
  }

  private void send(List<String> clicks) {
    try {
      Files.write(file, clicks, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (String click : clicks) {
      String visitor = click.substring(click.lastIndexOf(":\"") + 2, click.length() - 2);
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  "clickstream.raw", visitor.getBytes(UTF_8), click.getBytes(UTF_8))));
    }
    producer.flush();
    sent.forEach(Future::resultNow);
  }

  private static String click(String visitor, String id, Instant time) {
    return """
    {"event_id":"%s","event_type":"page_view","event_time":"%s","url":"https://shop.example/%s",\
    "anonymous_id":"%s"}\
    """
        .formatted(id, time, id, visitor);
  }

  @Override
  public void close() {
    producer.close();
  }
}
