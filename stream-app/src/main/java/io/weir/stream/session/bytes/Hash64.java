package io.weir.stream.session.bytes;

import io.weir.contract.StableHash;

/** A 64-bit hash of a text: that of the contract, because other processes order events by it. */
public final class Hash64 {
  private Hash64() {}

  public static long of(String text) {
    return StableHash.of(text);
  }

  /** Bijective; every input bit reaches every output bit. */
  public static long mix(long value) {
    return StableHash.mix(value);
  }
}
