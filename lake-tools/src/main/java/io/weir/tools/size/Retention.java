package io.weir.tools.size;

/**
 * How many days and copies of the data are kept.
 *
 * @param kafkaDays days of records in Kafka
 * @param copies copies of each partition in Kafka
 * @param bronzeDays days of raw records in the lake
 * @param silverDays days of events and sessions in the lake
 * @param goldDays days of session rows in PostgreSQL
 */
record Retention(
    double kafkaDays, int copies, double bronzeDays, double silverDays, double goldDays) {
  Retention {
    notNegative("--kafka-days", kafkaDays);
    notNegative("--bronze-days", bronzeDays);
    notNegative("--silver-days", silverDays);
    notNegative("--gold-days", goldDays);
    if (copies < 1) {
      throw new IllegalArgumentException("--replication must be 1 or more");
    }
  }

  private static void notNegative(String option, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(option + " must be 0 or more");
    }
  }
}
