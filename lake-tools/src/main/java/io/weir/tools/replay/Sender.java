package io.weir.tools.replay;

import java.util.List;
import java.util.Optional;

/** Takes records to the raw topic. */
interface Sender {

  /** Of one batch: how many arrived, how many were larger than the broker takes, what broke. */
  record Receipt(int sent, int tooLarge, Optional<String> failure) {}

  /** Sends all and waits for all. */
  Receipt send(List<Outgoing> batch);
}
