package io.weir.tools.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.tools.alert.RuleEvaluation.Decision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Decides the windows of a rule in one transaction: what stands of an alert, the calls that tell of
 * it, and up to where the rule is decided for good. The row of the rule is locked, so two processes
 * do not decide at once.
 */
final class AlertBooks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEGIN =
      """
      INSERT INTO gold.alert_rules AS had VALUES (?, ?, ?, ?)
      ON CONFLICT (rule) DO UPDATE SET fingerprint = EXCLUDED.fingerprint,
        live_since = EXCLUDED.live_since, decided_until = EXCLUDED.decided_until
      WHERE had.fingerprint <> EXCLUDED.fingerprint
      """;
  private static final String LOCK =
      "SELECT decided_until FROM gold.alert_rules WHERE rule = ? FOR UPDATE";
  private static final String IS_FIRED =
      """
      SELECT is_fired FROM gold.alerts JOIN gold.alert_rules USING (rule)
      WHERE rule = ? AND window_start = ? AND decided_at >= live_since
      """;
  private static final String CHANGE =
      """
      INSERT INTO gold.alerts AS had VALUES (?, ?, ?, ?, 1, ?, ?, ?)
      ON CONFLICT (rule, window_start) DO UPDATE SET window_end = EXCLUDED.window_end,
        is_fired = EXCLUDED.is_fired, revision = had.revision + 1, value = EXCLUDED.value,
        reference = EXCLUDED.reference, decided_at = EXCLUDED.decided_at
      RETURNING revision
      """;
  private static final String CALL =
      "INSERT INTO gold.alert_calls (idempotency_key, rule, window_start, body, next_attempt_at)"
          + " VALUES (?, ?, ?, ?, ?)";

  private final Connection connection;
  private final Duration quartersKept;

  /** The connection must not commit by itself. */
  AlertBooks(Connection connection, Duration quartersKept) {
    this.connection = connection;
    this.quartersKept = quartersKept;
  }

  /** Decides all windows that can be decided, and commits. */
  void decide(AlertRule rule, GoldHistory seen, Instant now) throws SQLException {
    Windows windows = seen.windows(rule);
    begin(rule, windows.startOf(now.minus(rule.delay())), now);
    Instant from = later(decidedUntil(rule), oldest(rule, now));
    // Read after the lock: another process may have decided in between.
    GoldHistory gold = GoldHistory.of(connection).orElse(seen);
    Instant to = gold.decidable(rule, now);
    RuleEvaluation evaluation = gold.evaluation(connection, rule, from, to);
    Instant decided = from;
    for (Decision each : evaluation.decide(from, to)) {
      if (isFired(rule, each) != each.isTrue()) {
        change(rule, each, now);
      }
      decided = each.end().isAfter(gold.finalUntil()) ? decided : each.end();
    }
    update(
        "UPDATE gold.alert_rules SET decided_until = ? WHERE rule = ?", utc(decided), rule.name());
    connection.commit();
  }

  /** Gold soon forgets what is older, so a window there would seem to have changed. */
  private Instant oldest(AlertRule rule, Instant now) {
    return rule.isOfDays()
        ? Instant.EPOCH
        : now.minus(quartersKept).plus(Duration.ofDays(rule.condition().days() + 1L));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void begin(AlertRule rule, Instant from, Instant now) throws SQLException {
    update(BEGIN, rule.name(), rule.fingerprint(), utc(now), utc(from));
  }

  private Instant decidedUntil(AlertRule rule) throws SQLException {
    try (PreparedStatement statement = statement(LOCK, rule.name());
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /** What an earlier rule of the name has fired is another matter: its window may be as another. */
  private boolean isFired(AlertRule rule, Decision window) throws SQLException {
    try (PreparedStatement statement = statement(IS_FIRED, rule.name(), utc(window.start()));
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void change(AlertRule rule, Decision window, Instant now) throws SQLException {
    int revision;
    try (PreparedStatement statement =
            statement(
                CHANGE,
                rule.name(),
                utc(window.start()),
                utc(window.end()),
                window.isTrue(),
                window.value(),
                window.reference(),
                utc(now));
        ResultSet row = statement.executeQuery()) {
      row.next();
      revision = row.getInt(1);
    }
    String key = rule.name() + "/" + window.start() + "/" + revision;
    update(CALL, key, rule.name(), utc(window.start()), body(rule, window, key, now), utc(now));
  }

  private static String body(AlertRule rule, Decision window, String key, Instant now) {
    ObjectNode body = JSON.createObjectNode();
    body.put("kind", window.isTrue() ? "fired" : "withdrawn");
    body.put("key", key);
    body.put("rule", rule.name());
    body.put("metric", rule.metric().name());
    body.put("condition", rule.text());
    body.put("window_start", window.start().toString());
    body.put("window_end", window.end().toString());
    body.put("value", window.value() == null ? null : window.value().toPlainString());
    body.put("reference", window.reference() == null ? null : window.reference().toPlainString());
    if (rule.countsSessions()) {
      body.put("sessions", window.sessions());
    }
    body.put("decided_at", now.toString());
    return body.toString();
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = statement(sql, values)) {
      statement.executeUpdate();
    }
  }

  private PreparedStatement statement(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
