package io.weir.stream.ops;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.process.LogVisitor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic of scores outside the stream, so that it can neither slow the stream down nor move
 * its partitions. Starts a bounded number of scores before the end.
 */
public final class ScoreReader<T> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScoreReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final int most;
  private final Serde<T> serde;
  private final java.util.function.Consumer<T> scores;
  private @Nullable Consumer<byte[], byte[]> consumer;
  private @Nullable Thread thread;

  /**
   * @param most how many scores to go back at the start, all partitions together
   */
  ScoreReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      String topic,
      int most,
      Serde<T> serde,
      java.util.function.Consumer<T> scores) {
    this.consumers = consumers;
    this.topic = topic;
    this.most = most;
    this.serde = serde;
    this.scores = scores;
  }

  /** Reads the scores of sessions. */
  public static ScoreReader<Score> ofSessions(
      Map<String, Object> connection, String topic, int most, Scores scores) {
    return new ScoreReader<>(
        () -> consumer(connection), topic, most, AvroSerde.score(), scores::add);
  }

  /** Reads the scores of ad impressions. */
  public static ScoreReader<ClickScore> ofClicks(
      Map<String, Object> connection, String topic, int most, ClickScores scores) {
    return new ScoreReader<>(
        () -> consumer(connection), topic, most, AvroSerde.clickScore(), scores::add);
  }

  /** Reads how likely visitors come back. */
  public static ScoreReader<ReturnScore> ofReturns(
      Map<String, Object> connection, String topic, int most, Scores scores) {
    return new ScoreReader<>(
        () -> consumer(connection), topic, most, AvroSerde.returnScore(), scores::add);
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> connection) {
    var properties = new HashMap<>(connection);
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", false);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  public synchronized void start() {
    Consumer<byte[], byte[]> opened = consumers.get();
    consumer = opened;
    thread = Thread.ofPlatform().daemon().name(topic).start(() -> run(opened));
  }

  private void run(Consumer<byte[], byte[]> from) {
    try (from) {
      seek(from);
      while (true) {
        step(from, POLL);
      }
    } catch (WakeupException e) {
      log.debug("no more scores are read");
    } catch (KafkaException e) {
      log.warn("scores are not read any more; visitors show none until the next start", e);
    }
  }

  void seek(Consumer<byte[], byte[]> from) {
    List<TopicPartition> partitions =
        from.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    from.assign(partitions);
    Map<TopicPartition, Long> first = from.beginningOffsets(partitions);
    int each = Math.max(1, most / Math.max(1, partitions.size()));
    from.endOffsets(partitions)
        .forEach((partition, end) ->
            from.seek(partition, Math.max(first.getOrDefault(partition, 0L), end - each)));
  }

  void step(Consumer<byte[], byte[]> from, Duration patience) {
    for (ConsumerRecord<byte[], byte[]> record : from.poll(patience)) {
      read(record);
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    try {
      T score = serde.deserializer().deserialize(topic, record.value());
      if (score != null) {
        scores.accept(score);
      }
    } catch (SerializationException e) {
      LogVisitor.add(record.key(), log.atWarn())
          .setCause(e)
          .log("skipped unreadable score {} {}:{}", topic, record.partition(), record.offset());
    }
  }

  @Override
  public synchronized void close() {
    if (consumer != null && thread != null) {
      consumer.wakeup();
      try {
        thread.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
