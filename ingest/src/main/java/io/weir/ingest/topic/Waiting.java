package io.weir.ingest.topic;

import io.weir.ingest.run.EventConverter.Event;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that was read and waits for its turn.
 *
 * @param event null for a record that is skipped
 * @param next the position behind the record
 */
record Waiting(@Nullable Event event, OffsetAndMetadata next) {
  private static final int OVERHEAD = 200;

  int bytes() {
    return OVERHEAD + (event == null ? 0 : event.value().length);
  }
}
