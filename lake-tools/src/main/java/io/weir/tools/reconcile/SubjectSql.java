package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Subject;
import java.util.List;

/** The subjects of gold that silver can answer, each with the SQL file of its name. */
final class SubjectSql {
  /** In the order of the report. */
  static final List<Subject> ALL =
      List.of(
          Subject.SESSIONS,
          Subject.EVENTS,
          Subject.PRODUCTS,
          Subject.CARTS,
          Subject.LATE,
          Subject.VISITORS);

  private static final String OF_SESSIONS =
      "SELECT epoch_ms(min(start_time)), epoch_ms(max(start_time)) FROM silver.sessions"
          + " WHERE start_time >= ? AND start_time < ?";
  private static final String OF_EVENTS =
      "SELECT epoch_ms(min(event_time)), epoch_ms(max(event_time)) FROM silver.events"
          + " WHERE event_time >= ? AND event_time < ?";

  /** A visitor's days depend on all days before, and on the ends of sessions. */
  private static final String OF_VISITORS =
      "SELECT epoch_ms(min(first_time)), epoch_ms(max(last_time)) FROM ("
          + "SELECT min(event_time) AS first_time, max(event_time) AS last_time FROM silver.events"
          + " UNION ALL SELECT min(start_time), max(end_time) FROM silver.sessions)"
          + " WHERE ?::TIMESTAMPTZ < ?::TIMESTAMPTZ";

  private SubjectSql() {}

  /** The query of the figures of a subject. */
  static String figures(Subject subject) {
    return SqlFile.read(subject.code() + ".sql");
  }

  /** The query of the first and the last time of a range that a subject has. */
  static String extent(Subject subject) {
    return switch (subject) {
      case SESSIONS, CARTS -> OF_SESSIONS;
      case VISITORS -> OF_VISITORS;
      default -> OF_EVENTS;
    };
  }

  static boolean isOfEvents(Subject subject) {
    return subject != Subject.SESSIONS && subject != Subject.CARTS;
  }
}
