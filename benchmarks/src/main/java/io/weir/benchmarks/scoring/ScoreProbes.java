package io.weir.benchmarks.scoring;

import io.weir.benchmarks.measure.Latencies;
import io.weir.benchmarks.queries.PacedThreads;
import io.weir.benchmarks.topic.SessionSender;
import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with keys of their own that are sent one by one, and the time until the score of each
 * can be read. It counts from the sending, so the way of the session to the broker is in it.
 */
final class ScoreProbes implements PacedThreads.Action, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Session> sessions;
  private final SessionSender sender;
  private final KafkaConsumer<byte[], Score> scores;
  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private final Latencies latencies = new Latencies();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Thread reader;
  private volatile boolean isEnding;

  /**
   * Starts to read scores.
   *
   * @param sessions whose features the probes have
   */
  ScoreProbes(KafkaConnection kafka, String prefix, List<Session> sessions) {
    this.sessions = List.copyOf(sessions);
    this.sender = new SessionSender(kafka, prefix + ".sessions");
    this.scores = consumer(kafka, prefix + ".scores");
    this.reader = Thread.ofPlatform().daemon().name("scores").start(this::read);
  }

  private static KafkaConsumer<byte[], Score> consumer(KafkaConnection kafka, String topic) {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    var consumer =
        new KafkaConsumer<>(
            properties, new ByteArrayDeserializer(), AvroSerde.score().deserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  @Override
  public void run(long number) {
    String key = "probe-" + number;
    Session session =
        Session.newBuilder(sessions.get((int) (number % sessions.size())))
            .setSessionKey(key)
            .setVisitorId(key)
            .build();
    sent.put(key, System.nanoTime());
    sender.send(session);
  }

  private void read() {
    try (scores) {
      while (!isEnding) {
        for (var record : scores.poll(POLL)) {
          Long begin = sent.remove(record.value().getSessionKey());
          if (begin != null) {
            latencies.add(System.nanoTime() - begin);
          }
        }
      }
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  Latencies latencies() {
    return latencies;
  }

  /** Waits until all sessions have their score; fails if one has none. */
  void awaitAll() throws InterruptedException {
    sender.flush();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!sent.isEmpty()) {
      RuntimeException cause = failure.get();
      if (cause != null) {
        throw new StartupException("scores cannot be read: " + cause, cause);
      }
      if (System.nanoTime() > deadline) {
        throw new StartupException("there is no score of " + sent.size() + " sessions");
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  @Override
  public void close() {
    isEnding = true;
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.close();
  }
}
