package io.weir.ingest.publish;

import io.weir.contract.VisitorPartition;
import io.weir.ingest.event.EventWriter;
import io.weir.ingest.event.Field;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import java.nio.charset.StandardCharsets;

/**
 * Sends one closing event per partition: an {@code identify} event of a visitor who does not exist.
 * It moves the partition's event time on, so that the sessions before it close. Identify events
 * alone make no session.
 */
public final class ClosingEvents {
  /** The prefix of the names of these visitors. */
  public static final String VISITOR = "weir-closing-";

  private ClosingEvents() {}

  /** Sends the closing events and returns their number. */
  public static int send(EventPublisher publisher, long time) {
    int partitions = publisher.partitions();
    var writer = new EventWriter();
    for (int partition = 0; partition < partitions; partition++) {
      String visitor = visitorOn(partition, partitions);
      publisher.publish(visitor.getBytes(StandardCharsets.UTF_8), event(writer, visitor, time));
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

  private static byte[] event(EventWriter writer, String visitor, long time) {
    var event = new RawEvent();
    event.set(Field.EVENT_ID, visitor + "-" + time);
    event.set(Field.EVENT_TYPE, "identify");
    event.setTime(Field.EVENT_TIME, time);
    event.set(Field.ANONYMOUS_ID, visitor);
    event.set(Field.APP_ID, "weir-ingest");
    try {
      return writer.write(event);
    } catch (Skip e) {
      throw new IllegalStateException("a closing event lacks what every event has", e);
    }
  }
}
