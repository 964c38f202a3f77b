package io.weir.tools.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sender that sends nothing, and keeps the first records to show them. */
final class DryRunSender implements Sender {
  private static final int SHOWN = 3;

  private final List<Outgoing> examples = new ArrayList<>();

  @Override
  public Receipt send(List<Outgoing> batch) {
    for (Outgoing each : batch) {
      if (examples.size() < SHOWN) {
        examples.add(each);
      }
    }
    return new Receipt(batch.size(), 0, Optional.empty());
  }

  List<Outgoing> examples() {
    return List.copyOf(examples);
  }
}
