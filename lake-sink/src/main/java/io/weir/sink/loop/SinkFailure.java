package io.weir.sink.loop;

import io.weir.lake.commit.CauseChain;
import io.weir.process.access.KafkaRefusal;
import io.weir.process.access.ServiceRights;

/** The line for the operator about a loop that failed. */
final class SinkFailure {
  private static final ServiceRights RIGHTS = ServiceRights.reader("lake-sink");

  private SinkFailure() {}

  /** The missing ACL if Kafka refused something, else the chain of causes. */
  static String of(Throwable failure) {
    return KafkaRefusal.of(failure, RIGHTS).orElseGet(() -> CauseChain.of(failure));
  }
}
