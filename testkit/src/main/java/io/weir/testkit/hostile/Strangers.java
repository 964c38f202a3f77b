package io.weir.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends the records that strangers may send, with producers that they may configure. */
public final class Strangers {
  private static final Map<String, Object> LARGE = Map.of("max.request.size", 20_000_000);
  private static final int PARTITIONS = 3;

  private final String servers;
  private final String topic;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  /** Needs a topic with at least three partitions. */
  public Strangers(String servers, String topic) {
    this.servers = servers;
    this.topic = topic;
  }

  /** The results of all records sent so far. */
  public List<Future<RecordMetadata>> sent() {
    return List.copyOf(sent);
  }

  /**
   * Sends large and absent keys, values and headers, and times from 1970 to the latest. All are
   * rejected.
   */
  public void sendUnreasonable() {
    with(
        compressed("zstd", LARGE),
        producer ->
            send(producer, 0, "k1".getBytes(UTF_8), filled(10_000_000), new RecordHeaders()));
    with(
        Map.of(),
        producer -> {
          send(producer, 1, filled(400_000), filled(600_000), new RecordHeaders());
          send(producer, 2, null, null, headers(900_000));
          send(producer, null, null, null, new RecordHeaders());
          send(producer, null, new byte[0], new byte[0], new RecordHeaders());
          for (long time : new long[] {0, 4_070_908_800_000L, Long.MAX_VALUE}) {
            sent.add(
                producer.send(new ProducerRecord<>(topic, 0, time, null, "{".getBytes(UTF_8))));
          }
        });
    with(compressed("gzip", LARGE), producer -> send(producer, 1, null, null, headers(5_000_000)));
    for (String codec : List.of("snappy", "lz4")) {
      with(
          compressed(codec, Map.of()),
          producer -> send(producer, 2, filled(9_000), filled(40_000), new RecordHeaders()));
    }
  }

  /**
   * Sends batches of less than a megabyte whose records unpack to a megabyte each. All are
   * rejected.
   */
  public void sendCompressible(int records) {
    with(
        compressed(
            "zstd",
            Map.of("linger.ms", 1000, "batch.size", 1_000_000, "max.request.size", 20_000_000)),
        producer -> {
          for (int i = 0; i < records; i++) {
            send(producer, i % PARTITIONS, null, filled(1_000_000), new RecordHeaders());
          }
        });
  }

  /** Sends values without the key of their visitor, to any partition. */
  public void sendValues(List<byte @Nullable []> values) {
    with(
        compressed(
            "lz4",
            Map.of(
                "max.request.size",
                20_000_000,
                "partitioner.class",
                RoundRobinPartitioner.class.getName())),
        producer ->
            values.forEach(
                value -> send(producer, null, "key".getBytes(UTF_8), value, new RecordHeaders())));
  }

  private static Map<String, Object> compressed(String codec, Map<String, Object> settings) {
    var all = new HashMap<>(settings);
    all.put("compression.type", codec);
    return all;
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer,
      @Nullable Integer partition,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, key, value, headers)));
  }

  private void with(Map<String, Object> settings, Consumer<KafkaProducer<byte[], byte[]>> sender) {
    var all = new HashMap<>(settings);
    all.put("bootstrap.servers", servers);
    try (var producer =
        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
      sender.accept(producer);
    }
  }

  private static Headers headers(int length) {
    return new RecordHeaders().add("h", new byte[length]);
  }

  /** The letter x, repeated to that length. */
  public static byte[] filled(int length) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }
}
