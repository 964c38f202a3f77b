package io.weir.simulator.fault;

import io.weir.simulator.visit.Quantiles;

/** The faults of one part of the simulation, and how many of its events they hit. */
public final class FaultPlan {
  private final Draw duplicates;
  private final Draw malformed;
  private final Draw late;
  private final Draw outOfOrder;
  private final long lateBy;
  private final Quantiles delays;
  private final long latestArrival;

  private FaultPlan(Draw[] draws, long lateBy, Quantiles delays, long latestArrival) {
    this.duplicates = draws[0];
    this.malformed = draws[1];
    this.late = draws[2];
    this.outOfOrder = draws[3];
    this.lateBy = lateBy;
    this.delays = delays;
    this.latestArrival = latestArrival;
  }

  /** The number of records, out of {@code records}, that are duplicates or malformed copies. */
  public static long extras(Fault.Rules rules, long records) {
    return Math.round(records * rules.duplicate().share())
        + Math.round(records * rules.malformed().share());
  }

  /** A plan for a known number of records, none of which arrives after {@code latestArrival}. */
  public static FaultPlan exact(
      Fault.Rules rules, Quantiles delays, long records, long latestArrival) {
    long events = records - extras(rules, records);
    Draw[] draws = {
      Draw.exactly(Math.round(records * rules.duplicate().share()), events),
      Draw.exactly(Math.round(records * rules.malformed().share()), events),
      Draw.exactly(Math.min(events, Math.round(records * rules.late().share())), events),
      Draw.exactly(Math.min(events, Math.round(records * rules.outOfOrder().share())), events)
    };
    return new FaultPlan(draws, rules.late().by(), delays, latestArrival);
  }

  /** A plan for an endless number of records. */
  public static FaultPlan endless(Fault.Rules rules, Quantiles delays) {
    double perEvent = rules.recordsPerEvent();
    Draw[] draws = {
      Draw.each(rules.duplicate().share() * perEvent),
      Draw.each(rules.malformed().share() * perEvent),
      Draw.each(rules.late().share() * perEvent),
      Draw.each(rules.outOfOrder().share() * perEvent)
    };
    return new FaultPlan(draws, rules.late().by(), delays, Long.MAX_VALUE);
  }

  Draw duplicates() {
    return duplicates;
  }

  Draw malformed() {
    return malformed;
  }

  Draw late() {
    return late;
  }

  Draw outOfOrder() {
    return outOfOrder;
  }

  long lateBy() {
    return lateBy;
  }

  Quantiles delays() {
    return delays;
  }

  long latestArrival() {
    return latestArrival;
  }
}
