package io.weir.tools.size;

import java.util.List;

/**
 * The needs of a deployment, from measured costs: docs/sizing.md names the source of each figure.
 */
final class Sizing {
  /** How much of a core is used at the peak: the rest is for catching up after a restart. */
  private static final double USED_AT_PEAK = 0.6;

  private static final double MEGABYTE = 1e6;

  // CPU time of an event in microseconds, live at 5,000 events a second with commits each second.
  private static final double STREAM_MICROS = 112;
  private static final double SINK_MICROS = 20;
  private static final double BROKER_MICROS = 70;
  private static final double POSTGRES_MICROS = 48;

  // Bytes of one thing where it lies, compressed.
  private static final double EVENT_IN_KAFKA = 157 + 152;
  private static final double SESSION_IN_KAFKA = 167 + 267;
  private static final double EVENT_IN_BRONZE = 76;
  private static final double EVENT_IN_SILVER = 65 + 16;
  private static final double SESSION_IN_SILVER = 100 + 97 + 74;
  private static final double SESSION_IN_POSTGRES = 706 + 738;
  private static final double EVENT_IN_STATE = 74;
  private static final double SESSION_IN_STATE = 97;
  private static final double VISITOR_IN_STATE = 29;

  // The sums of gold depend on the number of different values, not on events: here 36,000 a day.
  private static final double DAY_IN_STATE = 9.5 * MEGABYTE;
  private static final double QUARTERS_IN_POSTGRES = 45 * MEGABYTE;
  private static final double DAY_IN_POSTGRES = 24 * MEGABYTE;

  /** An event is remembered for the allowed lateness, a day, and its visitor as long. */
  private static final double DAYS_OF_EVENTS = 2;

  /** Buckets of 15 minutes, and what a session added to them. */
  private static final double DAYS_OF_QUARTERS = 35;

  /** Each task has a standby. */
  private static final int COPIES_OF_STATE = 2;

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
    int stream = streamInstances();
    int sink = sinkInstances();
    double kafka = cores(BROKER_MICROS) * retention.copies();
    return List.of(
        new Need(
            "stream-app", stream, cores(STREAM_MICROS), stream * 2_048, COPIES_OF_STATE * state()),
        new Need("lake-sink", sink, cores(SINK_MICROS), sink * 1_536, 0),
        new Need("ml-scoring", 1, 0.1, 768, 0),
        new Need("Kafka", retention.copies(), kafka, 0, kafka()),
        new Need("PostgreSQL", 1, cores(POSTGRES_MICROS), 1_024, postgres()),
        new Need("lake", 0, 0, 0, lake()));
  }

  private double state() {
    return megabytes(
        traffic.eventsOfADay() * DAYS_OF_EVENTS * EVENT_IN_STATE
            + traffic.sessionsOfADay() * DAYS_OF_QUARTERS * SESSION_IN_STATE
            + traffic.lifetimeVisitors() * VISITOR_IN_STATE
            + DAYS_OF_QUARTERS * DAY_IN_STATE);
  }

  /** The changelogs hold the newest value of each key: about what the stores hold. */
  private double kafka() {
    double day =
        traffic.eventsOfADay() * EVENT_IN_KAFKA + traffic.sessionsOfADay() * SESSION_IN_KAFKA;
    return retention.copies() * (megabytes(retention.kafkaDays() * day) + state());
  }

  private double postgres() {
    double day = traffic.sessionsOfADay() * SESSION_IN_POSTGRES + DAY_IN_POSTGRES;
    return megabytes(retention.goldDays() * day + DAYS_OF_QUARTERS * QUARTERS_IN_POSTGRES);
  }

  private double lake() {
    double bronze = retention.bronzeDays() * EVENT_IN_BRONZE;
    double silver = retention.silverDays() * EVENT_IN_SILVER;
    return megabytes(
        traffic.eventsOfADay() * (bronze + silver)
            + traffic.sessionsOfADay() * retention.silverDays() * SESSION_IN_SILVER);
  }

  private static double megabytes(double bytes) {
    return bytes / MEGABYTE;
  }

  private double cores(double micros) {
    return traffic.peakEvents() * micros / 1e6 / USED_AT_PEAK;
  }

  private static int ceil(double value) {
    return (int) Math.ceil(value);
  }
}
