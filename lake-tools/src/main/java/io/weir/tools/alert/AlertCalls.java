package io.weir.tools.alert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the open calls. The row of a call is locked while it is sent, and marked only when the
 * receiver has taken it: after a crash it is sent again, with the same idempotency key. The calls
 * of one window go out in their order.
 */
final class AlertCalls {
  private static final Logger LOG = LoggerFactory.getLogger(AlertCalls.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  private static final int MOST_DOUBLINGS = 10;

  private static final String NEXT =
      """
      SELECT call_id, idempotency_key, body, attempts FROM gold.alert_calls AS one
      WHERE delivered_at IS NULL AND next_attempt_at <= ? AND NOT EXISTS (
        SELECT FROM gold.alert_calls AS before
        WHERE before.rule = one.rule AND before.window_start = one.window_start
          AND before.call_id < one.call_id AND before.delivered_at IS NULL)
      ORDER BY call_id LIMIT 1 FOR UPDATE SKIP LOCKED
      """;

  private final Connection connection;
  private final Webhook webhook;
  private final Clock clock;

  /** The connection must not commit by itself. */
  AlertCalls(Connection connection, Webhook webhook, Clock clock) {
    this.connection = connection;
    this.webhook = webhook;
    this.clock = clock;
  }

  /**
   * Tries the oldest call that was due at a time; false if there is none. With the same time a call
   * that fails is not tried twice.
   */
  boolean sendOne(Instant due) throws SQLException, InterruptedException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setObject(1, due.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          connection.commit();
          return false;
        }
        Optional<String> problem = webhook.send(row.getString(2), row.getString(3));
        if (problem.isEmpty()) {
          delivered(row.getLong(1));
        } else {
          failed(row.getLong(1), row.getInt(4) + 1, problem.get());
        }
        connection.commit();
        return true;
      }
    }
  }

  private void delivered(long call) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE gold.alert_calls SET delivered_at = ? WHERE call_id = ?")) {
      statement.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      statement.setLong(2, call);
      statement.executeUpdate();
    }
  }

  private void failed(long call, int attempts, String problem) throws SQLException {
    Instant next = clock.instant().plus(pause(attempts));
    LOG.warn(
        "the receiver of alerts did not take call {}: {}; next try in the first pass after {}",
        call,
        problem,
        next);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE gold.alert_calls SET attempts = ?, last_error = ?, next_attempt_at = ?"
                + " WHERE call_id = ?")) {
      statement.setInt(1, attempts);
      statement.setString(2, problem);
      statement.setObject(3, next.atOffset(ZoneOffset.UTC));
      statement.setLong(4, call);
      statement.executeUpdate();
    }
  }

  /** Doubles with each attempt: 1, 2, 4 seconds and so on, up to 15 minutes. */
  static Duration pause(int attempts) {
    Duration pause =
        FIRST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, attempts - 1)));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
