package io.weir.contract;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Where a visitor's records belong: murmur2 of the UTF-8 key, as Kafka's own Java producer. */
public final class VisitorPartition {
  private VisitorPartition() {}

  public static int of(String visitor, int partitions) {
    return of(visitor.getBytes(StandardCharsets.UTF_8), partitions);
  }

  public static int of(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
