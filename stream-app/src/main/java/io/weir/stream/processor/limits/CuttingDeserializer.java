package io.weir.stream.processor.limits;

import io.weir.stream.ingest.Excerpt;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes as they are, and puts an {@link Excerpt} in place of what is larger than the limit.
 * It runs inside the consumer, so the original becomes garbage before the next record is unpacked.
 */
final class CuttingDeserializer implements Deserializer<byte[]> {
  private final int limit;
  private final boolean isOfValues;

  private CuttingDeserializer(int limit, boolean isOfValues) {
    this.limit = limit;
    this.isOfValues = isOfValues;
  }

  static CuttingDeserializer ofKeys() {
    return new CuttingDeserializer(RecordLimits.KEY, false);
  }

  /** Cuts the headers as well: the consumer calls it last. */
  static CuttingDeserializer ofValues() {
    return new CuttingDeserializer(RecordLimits.VALUE, true);
  }

  @Override
  public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : cut(ByteBuffer.wrap(data));
  }

  @Override
  public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    if (isOfValues) {
      HeaderCut.apply(headers);
    }
    return data == null ? null : cut(data);
  }

  private byte[] cut(ByteBuffer data) {
    if (data.remaining() > limit) {
      return Excerpt.of(data).toBytes();
    }
    var bytes = new byte[data.remaining()];
    data.get(data.position(), bytes);
    return bytes;
  }
}
