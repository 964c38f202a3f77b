package io.weir.simulator.publish;

import io.weir.process.kafka.ClosingVisitors;
import io.weir.process.kafka.EventPublisher;
import io.weir.simulator.json.JsonBuffer;

/**
 * One closing event per partition, of a visitor who does not exist. It moves the partition's event
 * time on, so that the sessions before it close.
 */
public final class ClosingEvents {
  private ClosingEvents() {}

  /** Sends the closing events and returns their number. */
  public static int send(EventPublisher publisher, long time) {
    int partitions = publisher.partitions();
    for (int partition = 0; partition < partitions; partition++) {
      String visitor = ClosingVisitors.on(partition, partitions);
      JsonBuffer json = event(visitor, time);
      publisher.publish(JsonBuffer.ascii(visitor), json.bytes(), json.length());
    }
    return partitions;
  }

  private static JsonBuffer event(String visitor, long time) {
    JsonBuffer json = new JsonBuffer(256).put("{\"event_id\":\"").put(visitor);
    json.put('-').number(time).put("\",\"event_type\":\"page_ping\",\"event_time\":\"");
    json.instant(time).put("\",\"anonymous_id\":\"").put(visitor);
    return json.put("\",\"app_id\":\"weir-simulator\"}");
  }
}
