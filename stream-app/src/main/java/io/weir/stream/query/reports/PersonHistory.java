package io.weir.stream.query.reports;

import io.weir.process.Settings;
import io.weir.stream.query.metrics.NoSessionRows;
import io.weir.stream.query.metrics.SessionDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from PostgreSQL what is known about a person: ids, sessions, and how these changed. */
public final class PersonHistory {
  private static final int MOST_VISITORS = 100;
  private static final int MOST_ROWS = 200;

  /**
   * The user behind an id. Visitors and users share one name space, and whoever sends events
   * chooses both ids. So an id that a user has is that user's, whatever a visitor of the same name
   * claims: otherwise a stranger could put another user in its place.
   */
  private static final String USER =
      """
      SELECT coalesce(
        (SELECT user_id FROM gold.identities WHERE user_id = ? LIMIT 1),
        (SELECT user_id FROM bi.fact_session WHERE user_id = ? LIMIT 1),
        (SELECT user_id FROM gold.identities WHERE visitor_id = ? LIMIT 1)) AS user_id
      """;

  private static final String VISITORS =
      """
      SELECT visitor_id, user_id, event_time
      FROM gold.identities
      WHERE user_id = ?
      ORDER BY event_time DESC, visitor_id
      """;

  /**
   * A browser may have had several users: a session with a user id is that user's, as in {@code
   * gold.user_metrics}. A visitor who is asked for and is no user keeps all its sessions.
   */
  private static final String OF_PERSON =
      "visitor_id = ANY (?) AND (visitor_id = ? OR coalesce(user_id = ?, true))";

  /** Each part has an index of its own. */
  private static final String SESSIONS =
      """
      SELECT
        session_key, visitor_id, user_id, start_time, end_time, duration_ms, events, purchases,
        is_converted, is_cart_abandoned, is_bounce, is_bot, late_events, revenue_by_currency,
        referrer_class, campaign_name, device, country
      FROM (
        (SELECT * FROM bi.fact_session WHERE {person} AND NOT is_bot
          ORDER BY start_time DESC LIMIT 201)
        UNION ALL
        (SELECT * FROM bi.fact_session WHERE {person} AND is_bot
          ORDER BY start_time DESC LIMIT 201)
        UNION ALL
        (SELECT * FROM bi.fact_session WHERE user_id = ? AND visitor_id <> ALL (?)
          ORDER BY start_time DESC LIMIT 201)) AS session
      ORDER BY start_time DESC, session_key
      """
          .replace("{person}", OF_PERSON);

  private static final String CHANGES =
      """
      SELECT
        restated_at, session_key, visitor_id, start_time, cause, old_revision, new_revision,
        events, purchases, revenue
      FROM (
        SELECT change.*, user_id
        FROM gold.restatements AS change
        LEFT JOIN gold.session_revisions AS session USING (session_key)) AS change
      WHERE {person}
      ORDER BY restated_at DESC, restatement_id DESC
      """
          .replace("{person}", OF_PERSON);

  private final Optional<SessionDatabase> database;
  private final UnaryOperator<String> storedIds;

  /**
   * Creates the access.
   *
   * @param database empty where there is no PostgreSQL
   * @param storedIds maps an id to its pseudonym, where gold has pseudonyms
   */
  public PersonHistory(Optional<SessionDatabase> database, UnaryOperator<String> storedIds) {
    this.database = database;
    this.storedIds = storedIds;
  }

  /**
   * What is known about a person. Answers name people as gold does, so the id may be a pseudonym.
   *
   * @param id an anonymous id or a user id
   * @throws NoSessionRows if PostgreSQL does not answer
   * @throws io.weir.stream.query.metrics.BusyPostgres if the question should be repeated later
   */
  public PersonAnswer answer(String id) {
    return database
        .orElseThrow(() ->
            new NoSessionRows(
                "earlier sessions and users need PostgreSQL; set "
                    + Settings.variable("postgres.url")))
        .read(connection -> read(connection, storedIds.apply(id), id));
  }

  private static PersonAnswer read(Connection connection, String stored, String asked)
      throws SQLException {
    PersonAnswer answer = read(connection, stored);
    return isEmpty(answer) && !asked.equals(stored) ? read(connection, asked) : answer;
  }

  private static boolean isEmpty(PersonAnswer answer) {
    return answer.identities().isEmpty()
        && answer.sessions().isEmpty()
        && answer.changes().isEmpty();
  }

  private static PersonAnswer read(Connection connection, String id) throws SQLException {
    Object known = rows(connection, USER, 1, id, id, id).rows().getFirst().get("user_id");
    String user = known == null ? id : known.toString();
    // The visitor whose sessions count whatever user they have; a user has none.
    @Nullable String visitor = id.equals(known) ? null : id;
    ReportRows identities = rows(connection, VISITORS, MOST_VISITORS, user);
    var visitors = new TreeSet<String>(List.of(id));
    for (Map<String, @Nullable Object> row : identities.rows()) {
      visitors.add(String.valueOf(row.get("visitor_id")));
    }
    Array ids = connection.createArrayOf("text", visitors.toArray());
    ReportRows sessions =
        rows(connection, SESSIONS, MOST_ROWS, ids, visitor, user, ids, visitor, user, user, ids);
    ReportRows changes = rows(connection, CHANGES, MOST_ROWS, ids, visitor, user);
    List<String> cut = cut(identities, sessions, changes);
    return new PersonAnswer(
        id,
        identities.rows(),
        sessions.rows(),
        changes.rows(),
        !cut.isEmpty(),
        cut,
        ReportAnswer.POSTGRESQL);
  }

  private static List<String> cut(ReportRows identities, ReportRows sessions, ReportRows changes) {
    return Stream.of(
            Map.entry("identities", identities),
            Map.entry("sessions", sessions),
            Map.entry("changes", changes))
        .filter(each -> each.getValue().isTruncated())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static ReportRows rows(
      Connection connection, String sql, int most, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.setMaxRows(most + 1);
      try (ResultSet rows = statement.executeQuery()) {
        return ReportRows.read(rows, most);
      }
    }
  }
}
