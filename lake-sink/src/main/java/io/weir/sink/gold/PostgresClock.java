package io.weir.sink.gold;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The clock of PostgreSQL, with which this machine's own is compared. */
public final class PostgresClock {
  private static final Duration ALLOWED = Duration.ofMinutes(1);

  private PostgresClock() {}

  /** What is wrong with the clock, if it differs by more than a minute. */
  public static Optional<String> complaint(Connection connection, Clock own) throws SQLException {
    Instant before = own.instant();
    Instant other = now(connection);
    Instant after = own.instant();
    if (before.isAfter(other.plus(ALLOWED))) {
      return Optional.of(complaint("early", Duration.between(other, before)));
    }
    if (other.isAfter(after.plus(ALLOWED))) {
      return Optional.of(complaint("late", Duration.between(after, other)));
    }
    return Optional.empty();
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT clock_timestamp()")) {
      rows.next();
      return rows.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static String complaint(String what, Duration difference) {
    return "the clock of this machine is %d s %s, compared with PostgreSQL (WEIR_POSTGRES_URL); let"
            .formatted(difference.toSeconds(), what)
        + " NTP set the clocks of all machines. Ages of rows and files are measured with this clock";
  }
}
