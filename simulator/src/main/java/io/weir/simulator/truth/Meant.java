package io.weir.simulator.truth;

import static java.util.Objects.requireNonNull;

import io.weir.simulator.fault.Arrival;
import io.weir.simulator.gold.Answers;
import io.weir.simulator.visit.Deed;
import java.util.ArrayList;
import java.util.List;

/** What was meant by the records that were sent. */
final class Meant {
  private final List<Deed> deeds = new ArrayList<>();
  private final List<Deed> open = new ArrayList<>();
  private final Tardiness tardiness = new Tardiness();

  void add(Arrival record) {
    Deed deed = requireNonNull(record.deed());
    deeds.add(deed);
    tardiness.add(deed, record.arrivesAt());
  }

  void addClosing(int events, long time) {
    for (int i = 0; i < events; i++) {
      open.add(Deed.closing(i, time));
    }
  }

  Tardiness tardiness() {
    return tardiness;
  }

  Answers answers() {
    return new Answers(deeds, open, tardiness.late());
  }
}
