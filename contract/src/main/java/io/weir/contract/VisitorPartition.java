package io.weir.contract;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a visitor's records: murmur2 of the UTF-8 key, as in Kafka's own Java producer.
 */
public final class VisitorPartition {
  private VisitorPartition() {}

  public static int of(String visitor, int partitions) {
    return of(visitor.getBytes(StandardCharsets.UTF_8), partitions);
  }

  public static int of(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
