package io.weir.ingest.publish;

import io.weir.ingest.event.EventWriter;
import io.weir.ingest.event.Field;
import io.weir.ingest.event.RawEvent;
import io.weir.ingest.event.Skip;
import io.weir.process.kafka.ClosingVisitors;
import io.weir.process.kafka.EventPublisher;
import java.nio.charset.StandardCharsets;

/**
 * Sends one closing event per partition: an {@code identify} event of a visitor who does not exist.
 * It moves the partition's event time on, so that the sessions before it close. Identify events
 * alone make no session.
 */
public final class ClosingEvents {
  private ClosingEvents() {}

  /** Sends the closing events and returns their number. */
  public static int send(EventPublisher publisher, long time) {
    int partitions = publisher.partitions();
    var writer = new EventWriter();
    for (int partition = 0; partition < partitions; partition++) {
      String visitor = ClosingVisitors.on(partition, partitions);
      byte[] event = event(writer, visitor, time);
      publisher.publish(visitor.getBytes(StandardCharsets.UTF_8), event, event.length);
    }
    publisher.flush();
    return partitions;
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
