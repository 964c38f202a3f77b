package io.weir.stream.processor.limits;

import io.weir.contract.Topic;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what its topic would not take. The producer must not find that out: it would have to give
 * up the transaction, and with it all that the transaction holds.
 */
public final class BoundedSerializer<T> implements Serializer<T> {
  /** A generous bound for what a batch of one record has beside key and value. */
  static final int OVERHEAD = 8 * 1024;

  private final Serializer<T> serializer;
  private final int most;

  public BoundedSerializer(Serializer<T> serializer, Topic topic) {
    this.serializer = serializer;
    this.most = topic.maxMessageBytes() - OVERHEAD;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T data) {
    byte[] bytes = serializer.serialize(topic, data);
    if (bytes != null && bytes.length > most) {
      throw new SerializationException(
          "a record of " + bytes.length + " bytes is too large for " + topic + ", at most " + most);
    }
    return bytes;
  }
}
