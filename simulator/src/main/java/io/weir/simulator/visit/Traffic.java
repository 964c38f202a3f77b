package io.weir.simulator.visit;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The clicks of all visits in the order in which they happen. */
public final class Traffic {
  private final VisitSource source;
  private final long from;
  private final Visit.Setting setting;
  private final Journey journey;
  private final PriorityQueue<Visit> underWay =
      new PriorityQueue<>(Comparator.comparingLong(Visit::time).thenComparingLong(Visit::serial));
  private final ArrayDeque<Visit> over = new ArrayDeque<>();
  private long serial;
  private @Nullable Foresight foresight;

  /** A traffic in which clicks before {@code from} happen but are not returned. */
  public Traffic(VisitSource source, long from, Model model) {
    this.source = source;
    this.from = from;
    var appeal = new AdAppeal(model.seeds.habits().appeal());
    this.setting =
        new Visit.Setting(model.profile, model.world, model.catalog, model.seeds, appeal);
    this.journey = new Journey(model.catalog, model.world);
  }

  /** The ingredients of a traffic. */
  public record Model(Profile profile, World world, Catalog catalog, VisitSeeds seeds) {}

  /** Tells the true probabilities of what happens, too. */
  public Traffic foreseen(Foresight with) {
    foresight = with;
    journey.foresee(with);
    return this;
  }

  /** Fills in the next click; false at the end of the traffic. */
  public boolean next(Click click) {
    do {
      if (!admit()) {
        return false;
      }
      Visit visit = underWay.remove();
      journey.advance(visit, click);
      if (visit.moveOn()) {
        underWay.add(visit);
      } else {
        end(visit);
      }
    } while (click.time() < from);
    return true;
  }

  private void end(Visit visit) {
    if (foresight != null) {
      foresight.end(visit);
    }
    over.add(visit);
  }

  /** Starts all visits that begin before anything else happens. */
  private boolean admit() {
    while (underWay.isEmpty() || source.nextStart() <= underWay.element().time()) {
      if (source.nextStart() == Long.MAX_VALUE) {
        return !underWay.isEmpty();
      }
      Visit visit = over.isEmpty() ? new Visit(setting) : over.remove();
      source.begin(visit);
      if (foresight != null) {
        foresight.begin(visit);
      }
      visit.enter(serial++);
      underWay.add(visit);
    }
    return true;
  }
}
