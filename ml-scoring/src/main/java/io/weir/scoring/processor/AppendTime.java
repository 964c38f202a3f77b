package io.weir.scoring.processor;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** The time the broker appended the record; what the payload says moves no clock. */
public final class AppendTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> message, long partitionTime) {
    return Math.max(0, message.timestamp() >= 0 ? message.timestamp() : partitionTime);
  }
}
