package io.weir.testkit.hostile;

import io.weir.contract.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * One input and its right outcome.
 *
 * @param reason null if the contract accepts the input
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Poison(String name, byte @Nullable [] value, @Nullable RejectReason reason) {
  @Override
  public String toString() {
    return name;
  }
}
