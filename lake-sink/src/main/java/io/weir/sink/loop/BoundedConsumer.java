package io.weir.sink.loop;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A consumer whose polls are bounded in bytes. Kafka limits a poll by records and compressed bytes
 * only, and a kilobyte of a compressed batch may be megabytes of records. So after a given number
 * of bytes the deserializer refuses the next record. The consumer then returns the records before
 * it, and begins the next poll with the refused one.
 */
public final class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {
  private final Budget budget;

  public BoundedConsumer(Map<String, Object> properties, long bytesOfAPoll) {
    this(properties, new Budget(bytesOfAPoll));
  }

  private BoundedConsumer(Map<String, Object> properties, Budget budget) {
    super(properties, new Keys(budget), new Values(budget));
    this.budget = budget;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    budget.taken = 0;
    return super.poll(timeout);
  }

  private static final class Budget {
    private final long most;
    private long taken;
    private boolean hasBegun;

    Budget(long most) {
      this.most = most;
    }

    /**
     * Checks the budget before a record, so a record is taken whole or not at all. The first record
     * of a poll is taken at any size.
     */
    void begin() {
      if (taken > most) {
        throw new SerializationException("the poll has brought " + taken + " bytes, enough");
      }
      hasBegun = true;
    }

    /**
     * Copies the bytes. The buffer's position must not move, because Kafka reads the size from it
     * afterwards.
     */
    byte[] taken(ByteBuffer data) {
      var bytes = new byte[data.remaining()];
      data.get(data.position(), bytes);
      taken += bytes.length;
      return bytes;
    }
  }

  /** Reads keys. Kafka does not call it for a record without a key. */
  private record Keys(Budget budget) implements Deserializer<byte[]> {
    @Override
    public byte[] deserialize(String topic, byte[] data) {
      throw new UnsupportedOperationException("a key comes with its headers");
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
      budget.begin();
      return budget.taken(data);
    }
  }

  private record Values(Budget budget) implements Deserializer<byte[]> {
    @Override
    public byte[] deserialize(String topic, byte[] data) {
      throw new UnsupportedOperationException("a value comes with its headers");
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
      if (!budget.hasBegun) {
        budget.begin();
      }
      budget.hasBegun = false;
      for (Header header : headers) {
        byte[] value = header.value();
        budget.taken += value == null ? 0 : value.length;
      }
      return budget.taken(data);
    }
  }
}
