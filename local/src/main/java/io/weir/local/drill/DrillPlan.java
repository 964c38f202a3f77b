package io.weir.local.drill;

import io.weir.local.platform.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A plan of faults: the same for the same seed, counts and kinds. */
public record DrillPlan(List<Planned> faults) {
  private static final double FIRST = 0.03;
  private static final double LAST = 0.97;

  /**
   * A planned fault.
   *
   * @param moment the part of the events that is sent by then, from 0 to 1
   */
  public record Planned(double moment, FaultKind kind, Service target) {}

  public DrillPlan {
    faults = List.copyOf(faults);
  }

  /**
   * A plan of so many kills, spread evenly over the services, and one fault of each other kind and
   * target. Every kind draws from numbers of its own: leaving one out moves no other.
   */
  public static DrillPlan of(long seed, int kills, Set<FaultKind> kinds) {
    var all = new ArrayList<Planned>();
    for (FaultKind kind : FaultKind.values()) {
      var random = new Random(seed * 31 + kind.number());
      List<Service> targets = kind.targets();
      int count = kind == FaultKind.KILL ? kills : targets.size();
      int offset = random.nextInt(targets.size());
      for (int i = 0; i < count; i++) {
        Service target = targets.get((i + offset) % targets.size());
        double moment = FIRST + (LAST - FIRST) * random.nextDouble();
        all.add(new Planned(moment, kind, target));
      }
    }
    all.removeIf(each -> !kinds.contains(each.kind()));
    all.sort(Comparator.comparingDouble(Planned::moment));
    return new DrillPlan(all);
  }
}
