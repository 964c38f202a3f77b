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
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clicks of many visitors in rounds, somewhat out of order, written to Kafka and to a file. */
final class Traffic implements AutoCloseable {
  private static final int VISITORS = 120;
  private static final int ROUNDS_PER_SESSION = 6;

  private final Instant start = Instant.now().minus(Duration.ofHours(20));
  private final Path file;
  private final int partitions;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<String> held = new ArrayList<>();
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

  /** Sends one click of every visitor; every seventh comes a round later, every fifth twice. */
  void round() {
    var now = new ArrayList<>(held);
    held.clear();
    Instant time = start.plusSeconds(rounds * 40L + rounds / ROUNDS_PER_SESSION * 2400L);
    for (int i = 0; i < VISITORS; i++) {
      String click = click("visitor-" + i, "e-" + i + "-" + rounds, time.plusMillis(i));
      ((i + rounds) % 7 == 0 ? held : now).add(click);
      if ((i + rounds) % 5 == 0) {
        now.add(click);
      }
    }
    rounds++;
    send(now);
  }

  /**
   * Sends what was held back, then a click of now to each partition, so that all other sessions
   * close.
   */
  void end() {
    send(List.copyOf(held));
    held.clear();
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
