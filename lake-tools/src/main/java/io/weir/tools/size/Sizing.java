package io.weir.tools.size;

import java.util.List;

/**
 * The needs of a deployment, from measured costs: docs/sizing.md names the source of each figure.
 */
final class Sizing {
  /** How much of a core is used at the peak: the rest is for catching up after a restart. */
  private static final double USED_AT_PEAK = 0.6;

  private static final double MEGABYTE = 1e6;

  // CPU time of an event in microseconds.
  private static final double STREAM_MICROS = 45;
  private static final double SINK_MICROS = 31;
  private static final double BROKER_MICROS = 5;

  // Bytes of one thing where it lies, compressed.
  private static final double RAW_IN_KAFKA = 165;
  private static final double EVENT_IN_KAFKA = 205;
  private static final double SESSION_IN_KAFKA = 205;
  private static final double EVENT_IN_BRONZE = 73;
  private static final double EVENT_IN_SILVER = 64;
  private static final double SESSION_IN_SILVER = 130;
  private static final double SESSION_IN_POSTGRES = 640;
  private static final double CELLS_OF_A_DAY = 40 * MEGABYTE;
  private static final double VISITOR_IN_STATE = 2_100;
  private static final double VISITOR_DAYS_IN_STATE = 29;
  private static final double GOLD_IN_STATE = 1_000 * MEGABYTE;

  /** An event is remembered for the allowed lateness, a day, and its visitor as long. */
  private static final double DAYS_IN_STATE = 2;

  private static final int THREADS = 2;
  private static final List<Integer> PARTITIONS = List.of(12, 24, 48, 96, 192, 384);

  private final Inflow traffic;
  private final Retention retention;

  Sizing(Inflow traffic, Retention retention) {
    this.traffic = traffic;
    this.retention = retention;
  }

  int streamInstances() {
    return Math.max(2, ceil(cores(STREAM_MICROS) / THREADS));
  }

  int sinkInstances() {
    return Math.max(1, ceil(cores(SINK_MICROS)));
  }

  /** Room for twice the threads of today: the number cannot change later. */
  int partitions() {
    int needed = 2 * THREADS * streamInstances();
    return PARTITIONS.stream()
        .filter(each -> each >= needed)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "this traffic needs "
                    + needed
                    + " partitions, more than was ever tried: divide it by app over several"
                    + " installations, each with a WEIR_TOPIC_PREFIX of its own"));
  }

  List<Need> needs() {
    double standby = 2;
    return List.of(
        new Need(
            "stream-app",
            streamInstances(),
            cores(STREAM_MICROS),
            streamInstances() * 2_048,
            standby * state() / MEGABYTE),
        new Need("lake-sink", sinkInstances(), cores(SINK_MICROS), sinkInstances() * 1_536, 0),
        new Need("ml-scoring", 1, 0.1, 768, 0),
        new Need("Kafka", retention.copies(), brokers(), 0, kafka() / MEGABYTE),
        new Need("PostgreSQL", 1, cores(STREAM_MICROS) * 0.4, 1_024, postgres() / MEGABYTE),
        new Need("lake", 0, 0, 0, lake() / MEGABYTE));
  }

  private double state() {
    return traffic.visitors() * DAYS_IN_STATE * VISITOR_IN_STATE
        + traffic.lifetimeVisitors() * VISITOR_DAYS_IN_STATE
        + GOLD_IN_STATE;
  }

  private double kafka() {
    double day =
        traffic.eventsOfADay() * (RAW_IN_KAFKA + EVENT_IN_KAFKA)
            + traffic.sessionsOfADay() * SESSION_IN_KAFKA;
    // The changelogs hold the newest value of each key: about what the stores hold.
    return retention.copies() * (retention.kafkaDays() * day + state());
  }

  private double postgres() {
    return retention.goldDays() * (traffic.sessionsOfADay() * SESSION_IN_POSTGRES + CELLS_OF_A_DAY);
  }

  private double lake() {
    return traffic.eventsOfADay()
            * (retention.bronzeDays() * EVENT_IN_BRONZE + retention.silverDays() * EVENT_IN_SILVER)
        + traffic.sessionsOfADay() * retention.silverDays() * SESSION_IN_SILVER;
  }

  private double brokers() {
    return cores(BROKER_MICROS) * retention.copies();
  }

  private double cores(double micros) {
    return traffic.peakEvents() * micros / 1e6 / USED_AT_PEAK;
  }

  private static int ceil(double value) {
    return (int) Math.ceil(value);
  }
}
