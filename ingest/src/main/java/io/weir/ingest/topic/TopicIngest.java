package io.weir.ingest.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.ingest.event.EventIds;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.event.Times;
import io.weir.ingest.format.EventFormat;
import io.weir.ingest.registry.StoppedException;
import io.weir.ingest.registry.Values;
import io.weir.ingest.run.EventConverter;
import io.weir.ingest.run.EventConverter.Event;
import io.weir.ingest.run.EventConverter.Place;
import io.weir.ingest.run.Totals;
import io.weir.process.StartupException;
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
import org.jspecify.annotations.Nullable;

/** Sends the records of a topic as events, and goes on where the group stood. */
public final class TopicIngest {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long COMMIT_MILLIS = 1_000;
  private static final int COMMITS_PER_CHECK = 60;
  private static final int ID_BYTES = 16;

  private final SourceTopic topic;
  private final Start start;
  private final EventPublisher publisher;
  private final Clock clock;
  private final Totals totals;
  private final EventConverter converter;
  private final PartitionQueues queues;
  private final MessageDigest sha = EventIds.sha256();
  private long committed;
  private int untilCheck = COMMITS_PER_CHECK;

  /**
   * The beginning and the end of a run.
   *
   * @param group the consumer group, which keeps the positions
   * @param application set in every event; empty to leave events unchanged
   * @param ends where the run ends; empty for never
   */
  public record Start(String group, String application, Map<TopicPartition, Long> ends) {
    public Start {
      ends = Map.copyOf(ends);
    }
  }

  /**
   * The way from values to events.
   *
   * @param values makes text of them
   * @param gate refuses the first event by an exception if it is too old
   */
  public record Reading(Values values, EventFormat format, LongConsumer gate) {}

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
    this.converter = new EventConverter(start.application);
    this.queues = new PartitionQueues(clock);
  }

  /** The number of texts and lists that were cut to the contract's limits. */
  public long shortened() {
    return converter.shortened();
  }

  /** Runs until a stop is requested, or until the end. */
  public void run(Reading reading, Stop stop, Observer observer) {
    try (KafkaConsumer<byte[], byte[]> consumer = topic.consumer(start.group)) {
      var positions = new Positions(consumer, topic, queues, publisher::flush, observer::note);
      consumer.subscribe(Set.of(topic.name()), positions);
      committed = clock.millis();
      while (!stop.isRequested() && !hasReachedEnd(consumer)) {
        read(poll(consumer, positions), reading, positions);
        send(consumer, positions, reading.gate);
        hold(consumer);
        if (clock.millis() - committed >= COMMIT_MILLIS) {
          commit(consumer, positions, observer);
        }
      }
      positions.commit();
    } catch (KafkaException e) {
      throw SourceTopic.unreadable(topic.name(), e);
    }
  }

  private void commit(
      KafkaConsumer<byte[], byte[]> consumer, Positions positions, Observer observer) {
    positions.commit();
    observer.progress(lag(consumer));
    committed = clock.millis();
    if (--untilCheck == 0) {
      untilCheck = COMMITS_PER_CHECK;
      try {
        positions.checkTopic();
      } catch (StartupException e) {
        // A broker that is away for a while: the consumer waits for it, too.
        observer.note(String.valueOf(e.getMessage()));
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

  private void read(ConsumerRecords<byte[], byte[]> records, Reading reading, Positions positions) {
    try {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        read(record, reading, positions);
      }
    } catch (StoppedException _) {
      // The registry was being asked: the next run reads the rest.
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Reading reading, Positions positions) {
    var partition = new TopicPartition(record.topic(), record.partition());
    queues.add(
        partition,
        new Waiting(
            event(record, reading), positions.behind(record.offset(), record.leaderEpoch())));
    totals.record();
  }

  private @Nullable Event event(ConsumerRecord<byte[], byte[]> record, Reading reading) {
    byte[] value = record.value();
    try {
      if (value == null) {
        throw new Skip(Reason.NO_VALUE, "a deletion of a compacted topic");
      }
      long time = record.timestamp() < 0 ? Times.INVALID : record.timestamp();
      byte[] text = reading.values.text(value);
      return converter.convert(text, text.length, new Place(id(record), time), reading.format);
    } catch (Skip skip) {
      totals.skip(topic.name() + "-" + record.partition() + "@" + record.offset(), skip);
      return null;
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

  private void send(
      KafkaConsumer<byte[], byte[]> consumer, Positions positions, LongConsumer gate) {
    var unread = new HashSet<>(consumer.assignment());
    unread.removeIf(each -> consumer.currentLag(each).orElse(1) == 0);
    for (var next = queues.poll(unread); next != null; next = queues.poll(unread)) {
      Event event = next.record().event();
      if (event != null) {
        if (totals.sentEvents() == 0) {
          gate.accept(event.time());
        }
        event.sendTo(publisher);
        totals.sent(event.type(), event.time(), event.visitor());
      }
      positions.done(next.partition(), next.record().next());
    }
  }

  private void hold(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> full = new HashSet<>(queues.full());
    full.retainAll(consumer.assignment());
    var others = new HashSet<>(consumer.assignment());
    others.removeAll(full);
    consumer.pause(full);
    consumer.resume(others);
  }

  private boolean hasReachedEnd(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> assigned = consumer.assignment();
    return !start.ends.isEmpty()
        && !assigned.isEmpty()
        && queues.isEmpty()
        && assigned.stream()
            .allMatch(each -> consumer.position(each) >= start.ends.getOrDefault(each, 0L));
  }

  private static long lag(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.assignment().stream()
        .mapToLong(each -> consumer.currentLag(each).orElse(0))
        .sum();
  }
}
