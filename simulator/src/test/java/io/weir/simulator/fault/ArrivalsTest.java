package io.weir.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.Worlds;
import io.weir.simulator.visit.ArrivalProcess;
import io.weir.simulator.visit.ClickWriter;
import io.weir.simulator.visit.Traffic;
import io.weir.simulator.visit.VisitSeeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long FROM = 1_770_000_000_000L;
  private static final long TO = FROM + 86_400_000;
  private static final int RECORDS = 20_000;
  private static final Fault.Rules RULES =
      new Fault.Rules(
          new Fault.Duplicate(0.05),
          new Fault.Late(0.1, 1_200_000),
          new Fault.OutOfOrder(0.1),
          new Fault.Malformed(0.05));

  private static void each(Consumer<Arrival> listener) {
    var seeds = new VisitSeeds(8);
    Traffic.Model model = Worlds.model(seeds);
    long events = RECORDS - FaultPlan.extras(RULES, RECORDS);
    var plan = new ArrivalProcess(model.profile(), seeds, FROM, TO).plan(events, 0, 1 << 20);
    var arrivals =
        new Arrivals(
            new Traffic(plan, FROM, model),
            new ClickWriter(model.catalog(), model.world()),
            FaultPlan.exact(RULES, model.profile().delays(), RECORDS, TO),
            1);
    for (Arrival next = arrivals.next(); next != null; next = arrivals.next()) {
      listener.accept(next);
    }
  }

  @Test
  void records_comeInOrderOfArrival() {
    var last = new long[] {FROM};
    each(arrival -> {
      assertThat(arrival.arrivesAt()).isBetween(last[0], TO);
      last[0] = arrival.arrivesAt();
    });
  }

  @Test
  void delays_stayWithinTheirKind() {
    each(arrival -> {
      long delay = arrival.arrivesAt() - arrival.time();
      if (arrival.kind() == Arrival.Kind.VALID) {
        long least = arrival.late() ? 30_000 : arrival.outOfOrder() ? 1 : 0;
        long most = arrival.late() ? 1_200_000 : arrival.outOfOrder() ? 19_001 : 0;
        assertThat(delay).isBetween(least, most);
      }
    });
  }

  @Test
  void duplicates_followTheirOriginalWithTheSameBytes() {
    var originals = new HashMap<Long, byte[]>();
    var duplicates = new int[1];
    each(arrival -> {
      byte[] bytes = Arrays.copyOf(arrival.value(), arrival.length());
      if (arrival.kind() == Arrival.Kind.VALID) {
        originals.put(arrival.idLow(), bytes);
      } else if (arrival.kind() == Arrival.Kind.DUPLICATE) {
        assertThat(originals.get(arrival.idLow())).isEqualTo(bytes);
        duplicates[0]++;
      }
    });

    assertThat(duplicates[0]).isEqualTo(1_000);
  }
}
