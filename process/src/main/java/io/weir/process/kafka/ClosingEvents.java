package io.weir.process.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.VisitorPartition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Closing events: one event on each partition, of a visitor who does not exist. It moves the
 * partition's event time on, so that the sessions before it close.
 *
 * @param type of the events; {@code identify} alone makes no session
 * @param application who sends them, as {@code app_id}
 */
public record ClosingEvents(String type, String application) {
  /** The prefix of the names of these visitors. */
  public static final String VISITOR = "weir-closing-";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Sends the closing events and returns their number. */
  public int send(EventPublisher publisher, long time) {
    int partitions = publisher.partitions();
    for (int partition = 0; partition < partitions; partition++) {
      String visitor = visitorOn(partition, partitions);
      byte[] event = event(visitor, time).getBytes(UTF_8);
      publisher.publish(visitor.getBytes(UTF_8), event, event.length);
    }
    publisher.flush();
    return partitions;
  }

  private static String visitorOn(int partition, int partitions) {
    int number = 0;
    while (VisitorPartition.of(VISITOR + number, partitions) != partition) {
      number++;
    }
    return VISITOR + number;
  }

  private String event(String visitor, long time) {
    return """
    {"event_id":"%s-%d","event_type":"%s","event_time":"%s","anonymous_id":"%s","app_id":"%s"}\
    """
        .formatted(
            visitor, time, type, TIME.format(Instant.ofEpochMilli(time)), visitor, application);
  }
}
