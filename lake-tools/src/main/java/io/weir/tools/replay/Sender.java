package io.weir.tools.replay;

import java.util.List;
import java.util.Optional;

/** Sends records to a topic. */
interface Sender {

  /**
   * The result of one batch: the records that were sent, those too large for the broker, and the
   * failure if there was one.
   */
  record Receipt(int sent, int tooLarge, Optional<Throwable> failure) {}

  /** Sends all records and waits for their acknowledgements. */
  Receipt send(List<Outgoing> batch);
}
