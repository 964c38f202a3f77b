package io.weir.ingest.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.ingest.event.EventIds;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.event.Times;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.registry.Values;
import io.weir.ingest.run.EventSender;
import io.weir.ingest.run.Totals;
import io.weir.process.Stop;
import io.weir.process.kafka.EventPublisher;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Sends the records of a topic as events, and goes on where the group stood. */
public final class TopicIngest {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long COMMIT_MILLIS = 1_000;
  private static final int ID_BYTES = 16;

  private final SourceTopic topic;
  private final Start start;
  private final EventPublisher publisher;
  private final Clock clock;
  private final Totals totals;
  private final EventSender sender;
  private final MessageDigest sha = EventIds.sha256();
  private final PartitionPace pace;
  private long committed;

  /**
   * The beginning and the end of a run.
   *
   * @param group the consumer group, which keeps the positions
   * @param application set in every event; empty to leave events unchanged
   * @param isFromLatest whether a group without a position begins at the end of the topic
   * @param isUntilEnd whether the run ends at the end that the topic has at its start
   */
  public record Start(String group, String application, boolean isFromLatest, boolean isUntilEnd) {}

  /**
   * The way from values to events.
   *
   * @param values makes text of them
   */
  public record Reading(Values values, EventFormat format) {}

  /** Observes the run. */
  public interface Observer {
    /** Called about once a second with the number of records that are not read yet. */
    void progress(long lag);

    /** Takes a sentence for the operator. */
    void note(String text);
  }

  public TopicIngest(
      SourceTopic topic, Start start, EventPublisher publisher, Clock clock, Totals totals) {
    this.topic = topic;
    this.start = start;
    this.publisher = publisher;
    this.clock = clock;
    this.totals = totals;
    this.sender = new EventSender(publisher, start.application, totals);
    this.pace = new PartitionPace(clock);
  }

  /** The number of texts and lists that were cut to the contract's limits. */
  public long shortened() {
    return sender.shortened();
  }

  /**
   * Runs until a stop is requested, or until the end.
   *
   * @param gate refuses the first event by an exception if it is too old
   */
  public void run(Reading reading, LongConsumer gate, Stop stop, Observer observer) {
    try (KafkaConsumer<byte[], byte[]> consumer = topic.consumer(start.group)) {
      var positions =
          new Positions(consumer, topic, start.isFromLatest, publisher::flush, observer::note);
      Map<TopicPartition, Long> ends =
          start.isUntilEnd ? consumer.endOffsets(topic.partitions()) : Map.of();
      consumer.subscribe(Set.of(topic.name()), positions);
      var first = new FirstTime(gate);
      committed = clock.millis();
      while (!stop.isRequested() && !hasReached(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> record : poll(consumer, positions)) {
          send(record, reading, first);
          positions.done(record);
        }
        hold(consumer);
        if (clock.millis() - committed >= COMMIT_MILLIS) {
          positions.commit();
          observer.progress(lag(consumer));
          committed = clock.millis();
        }
      }
      positions.commit();
    } catch (KafkaException e) {
      throw SourceTopic.unreadable(topic.name(), e);
    }
  }

  /** Passes the time of the first event on. */
  private static final class FirstTime implements LongConsumer {
    private final LongConsumer gate;
    private boolean isOver;

    private FirstTime(LongConsumer gate) {
      this.gate = gate;
    }

    @Override
    public void accept(long time) {
      if (!isOver) {
        gate.accept(time);
        isOver = true;
      }
    }
  }

  private static ConsumerRecords<byte[], byte[]> poll(
      KafkaConsumer<byte[], byte[]> consumer, Positions positions) {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      positions.goOn(e);
      return ConsumerRecords.empty();
    }
  }

  private void send(ConsumerRecord<byte[], byte[]> record, Reading reading, LongConsumer gate) {
    totals.record();
    pace.read(record);
    byte[] value = record.value();
    try {
      if (value == null) {
        throw new Skip(Reason.NO_VALUE, "a deletion of a compacted topic");
      }
      long time = record.timestamp() < 0 ? Times.INVALID : record.timestamp();
      byte[] text = reading.values.text(value);
      var place = new EventSender.Place(id(record), time);
      sender.send(text, text.length, place, reading.format, gate);
    } catch (Skip skip) {
      totals.skip(topic.name() + "-" + record.partition() + "@" + record.offset(), skip);
    }
  }

  /**
   * Each record is an event of its own, and has the same id in each run. The contents are part of
   * it, because a topic that was made anew has the same places.
   */
  private String id(ConsumerRecord<byte[], byte[]> record) {
    String place =
        start.application
            + '\0'
            + record.topic()
            + '\0'
            + record.partition()
            + '\0'
            + record.offset()
            + '\0'
            + record.timestamp()
            + '\0';
    sha.update(place.getBytes(UTF_8));
    return HexFormat.of().formatHex(sha.digest(record.value()), 0, ID_BYTES);
  }

  private void hold(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> assigned = consumer.assignment();
    pace.keep(assigned);
    var unread = new HashSet<>(assigned);
    unread.removeIf(each -> consumer.currentLag(each).orElse(1) == 0);
    Set<TopicPartition> ahead = pace.ahead(unread);
    consumer.pause(ahead);
    var others = new HashSet<>(assigned);
    others.removeAll(ahead);
    consumer.resume(others);
  }

  private static boolean hasReached(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    Set<TopicPartition> assigned = consumer.assignment();
    return !ends.isEmpty()
        && !assigned.isEmpty()
        && assigned.stream()
            .allMatch(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
  }

  private static long lag(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.assignment().stream()
        .mapToLong(each -> consumer.currentLag(each).orElse(0))
        .sum();
  }
}
