package io.weir.stream.processor;

import io.weir.contract.avro.EnrichedEvent;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The records that leave the sessionizer. Each has headers of its own, since a record that is sent
 * makes its headers unchangeable.
 */
final class Out {
  private Out() {}

  static Record<Object, Object> of(String visitor, @Nullable Object value, long time) {
    return new Record<>(visitor, value, time, new RecordHeaders());
  }

  static Record<Object, Object> of(String visitor, Object value, long time, Headers headers) {
    return new Record<>(visitor, value, time, new RecordHeaders(headers));
  }

  /** The event with its trace. */
  static Record<Object, Object> of(Record<Object, Object> record, EnrichedEvent event) {
    return of(event.getVisitorId(), event, record.timestamp(), record.headers());
  }
}
