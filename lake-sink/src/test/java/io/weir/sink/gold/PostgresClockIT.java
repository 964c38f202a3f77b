package io.weir.sink.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresClockIT {

  @Test
  void clockThatIsMinutesOff_isNamedWithItsDirection(@TempDir Path folder) throws SQLException {
    try (RealPostgres postgres = RealPostgres.start(folder.resolve("pg"));
        Connection connection =
            DriverManager.getConnection(postgres.url(), "postgres", "postgres")) {
      assertThat(complaint(connection, 0)).isEmpty();
      assertThat(complaint(connection, 50)).isEmpty();
      assertThat(complaint(connection, -50)).isEmpty();
      assertThat(complaint(connection, 300))
          .matches("the clock of this machine is (299|300|30\\d) s early, .*");
      assertThat(complaint(connection, -300))
          .matches("the clock of this machine is (29\\d|300) s late, .*");
    }
  }

  private static String complaint(Connection connection, int seconds) throws SQLException {
    Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
    return PostgresClock.complaint(connection, wrong).orElse("");
  }
}
