package io.weir.tools.alert;

import io.weir.lake.gold.Postgres;
import io.weir.process.Stop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides the rules and sends the calls, pass by pass. */
final class AlertRunner {
  private static final Logger LOG = LoggerFactory.getLogger(AlertRunner.class);

  private final Postgres postgres;
  private final Duration quartersKept;
  private final List<AlertRule> rules;
  private final Webhook webhook;
  private final Clock clock;

  AlertRunner(
      Postgres postgres,
      Duration quartersKept,
      List<AlertRule> rules,
      Webhook webhook,
      Clock clock) {
    this.postgres = postgres;
    this.quartersKept = quartersKept;
    this.rules = List.copyOf(rules);
    this.webhook = webhook;
    this.clock = clock;
  }

  /** Runs passes until it is stopped. A database that is away is tried again in the next pass. */
  void run(Duration interval, Stop stop) throws InterruptedException {
    while (!stop.isRequested()) {
      try {
        pass(stop);
      } catch (SQLException e) {
        LOG.warn("PostgreSQL failed, the next pass tries again: {}", e.getMessage());
      }
      stop.pause(interval.toMillis());
    }
  }

  /** One pass: decides all rules, then tries each call that is due once. */
  void pass(Stop stop) throws SQLException, InterruptedException {
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      Optional<GoldHistory> gold = GoldHistory.of(connection);
      if (gold.isPresent()) {
        var books = new AlertBooks(connection, quartersKept);
        for (AlertRule rule : rules) {
          books.decide(rule, gold.get(), clock.instant());
        }
      }
      connection.commit();
      var calls = new AlertCalls(connection, webhook, clock);
      Instant due = clock.instant();
      boolean isMore = true;
      while (isMore && !stop.isRequested()) {
        isMore = calls.sendOne(due);
      }
    }
  }
}
