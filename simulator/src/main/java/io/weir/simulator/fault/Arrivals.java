package io.weir.simulator.fault;

import io.weir.simulator.json.JsonBuffer;
import io.weir.simulator.visit.Chance;
import io.weir.simulator.visit.Click;
import io.weir.simulator.visit.ClickWriter;
import io.weir.simulator.visit.Deeds;
import io.weir.simulator.visit.Traffic;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The records of a traffic in the order in which they arrive, with all faults. */
public final class Arrivals {
  private final Traffic traffic;
  private final ClickWriter writer;
  private final FaultPlan plan;
  private final Chance chance;
  private final Click click = new Click();
  private final Arrival direct = new Arrival();
  private final JsonBuffer json = new JsonBuffer(4_096);
  private final JsonBuffer broken = new JsonBuffer(4_096);
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Waiting.ORDER);
  private long serial;
  private boolean clicked;
  private @Nullable Deeds deeds;

  public Arrivals(Traffic traffic, ClickWriter writer, FaultPlan plan, long seed) {
    this.traffic = traffic;
    this.writer = writer;
    this.plan = plan;
    this.chance = new Chance(seed);
  }

  /** Says of each record what was meant by it, too. */
  public Arrivals with(Deeds meaning) {
    deeds = meaning;
    return this;
  }

  private record Waiting(Arrival arrival, long serial) {
    static final Comparator<Waiting> ORDER =
        Comparator.<Waiting>comparingLong(w -> w.arrival.arrivesAt)
            .thenComparingLong(Waiting::serial);
  }

  /** The next record, valid until the next call; null after the last one. */
  public @Nullable Arrival next() {
    while (true) {
      if (!clicked) {
        clicked = traffic.next(click);
      }
      Waiting first = waiting.peek();
      if (first != null && (!clicked || first.arrival.arrivesAt <= click.time())) {
        return waiting.remove().arrival;
      }
      if (!clicked) {
        return null;
      }
      clicked = false;
      long delay = delay();
      arrive(delay);
      if (delay == 0) {
        return direct;
      }
    }
  }

  /** Draws the delay between the event and its arrival; 0 is none. */
  private long delay() {
    boolean late = plan.late().next(chance);
    boolean outOfOrder = plan.outOfOrder().next(chance);
    long room = plan.latestArrival() - click.time();
    direct.late = late && room >= Fault.Late.LEAST;
    direct.outOfOrder = !direct.late && outOfOrder;
    if (direct.late) {
      return chance.between(Fault.Late.LEAST, Math.min(room, plan.lateBy()));
    }
    if (direct.outOfOrder) {
      long delay = Math.min(room, 1 + plan.delays().drawMillis(chance));
      direct.outOfOrder = delay > 0;
      return delay;
    }
    return 0;
  }

  private void arrive(long delay) {
    writer.write(click, delay, json);
    direct.describe(click, json);
    direct.deed = deeds == null ? null : deeds.of(click);
    direct.arrivesAt = click.time() + delay;
    if (delay > 0) {
      await(direct.copy(Arrival.Kind.VALID, direct.arrivesAt, json));
    }
    if (plan.duplicates().next(chance)) {
      long again = direct.arrivesAt + chance.between(0, Fault.Duplicate.LATEST);
      long arrivesAt = Math.min(again, plan.latestArrival());
      await(direct.copy(Arrival.Kind.DUPLICATE, arrivesAt, json));
    }
    if (plan.malformed().next(chance)) {
      breakCopy();
    }
  }

  private void breakCopy() {
    Malformation malformation = Malformation.draw(chance);
    malformation.apply(direct.value, direct.length, chance, broken);
    Arrival copy = direct.copy(Arrival.Kind.MALFORMED, direct.arrivesAt, broken);
    if (malformation == Malformation.NO_VISITOR) {
      copy.key = null;
    }
    await(copy);
  }

  private void await(Arrival arrival) {
    waiting.add(new Waiting(arrival, serial++));
  }
}
