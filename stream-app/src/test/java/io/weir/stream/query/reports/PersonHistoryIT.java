package io.weir.stream.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.Session;
import io.weir.stream.query.metrics.GoldServer;
import io.weir.stream.query.metrics.NoSessionRows;
import io.weir.stream.query.metrics.SessionTable;
import io.weir.testkit.TestSessions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person by any id: the schema as lake-sink creates it, two visitors of a user, a stranger. */
class PersonHistoryIT {
  @TempDir private static Path folder;
  private static GoldServer gold;

  @BeforeAll
  static void fill() throws SQLException {
    gold =
        GoldServer.start(
            folder,
            Instant.parse("2026-03-10T00:00:00Z"),
            "UTC",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                insert(connection, "laptop", 1, "2026-03-09T10:00:00Z");
                insert(connection, "laptop", 2, "2026-03-09T20:00:00Z");
                insert(connection, "phone", 1, "2026-03-09T12:00:00Z");
                insert(connection, "stranger", 1, "2026-03-09T11:00:00Z");
                statement.executeUpdate(
                    "INSERT INTO gold.identity_versions"
                        + " (visitor_id, version, retracted, updated_at, user_id, event_time) VALUES"
                        + " ('laptop', 1, false, now(), 'anna', '2026-03-09T10:00:10Z'),"
                        + " ('phone', 1, false, now(), 'anna', '2026-03-09T12:00:10Z')");
                statement.executeUpdate(
                    "UPDATE gold.session_revisions SET version = 1, late_events = 1, events = events + 1"
                        + " WHERE visitor_id = 'phone'");
              }
            });
  }

  private static void insert(Connection connection, String visitor, int number, String start)
      throws SQLException {
    long time = Instant.parse(start).toEpochMilli();
    Session session =
        TestSessions.session(visitor, number)
            .setStartTime(time)
            .setEndTime(time + 60_000)
            .setRevision(0)
            .setIsBot(visitor.equals("stranger"))
            .build();
    SessionTable.insert(connection, session, false);
  }

  @AfterAll
  static void stop() {
    gold.close();
  }

  private static PersonAnswer of(String id) {
    return new PersonHistory(Optional.of(gold.database()), UnaryOperator.identity()).answer(id);
  }

  private static List<@Nullable Object> column(
      List<Map<String, @Nullable Object>> rows, String name) {
    return rows.stream().<@Nullable Object>map(row -> row.get(name)).toList();
  }

  @Test
  void user_hasTheSessionsOfAllVisitors_newestFirst() {
    PersonAnswer anna = of("anna");

    assertThat(column(anna.identities(), "visitor_id")).containsExactly("phone", "laptop");
    assertThat(column(anna.sessions(), "visitor_id")).containsExactly("laptop", "phone", "laptop");
    assertThat(column(anna.changes(), "cause")).containsExactly("late_event");
    assertThat(column(anna.changes(), "events")).containsExactly(1L);
    assertThat(anna.truncated()).isFalse();
  }

  @Test
  void visitorOfAUser_isThatUser() {
    assertThat(of("laptop").sessions()).isEqualTo(of("anna").sessions());
  }

  /** The browser of a library had Emil and then Dora, as whom it is known now. */
  @Test
  void browserOfTwoUsers_givesEachTheirOwnSessions() throws SQLException {
    try (Connection connection = gold.connect();
        Statement statement = connection.createStatement()) {
      insert(connection, "library", 1, "2026-03-08T10:00:00Z");
      insert(connection, "library", 2, "2026-03-08T12:00:00Z");
      statement.executeUpdate(
          "INSERT INTO gold.identity_versions"
              + " (visitor_id, version, retracted, updated_at, user_id, event_time)"
              + " VALUES ('library', 1, false, now(), 'dora', '2026-03-08T12:00:10Z')");
      statement.executeUpdate(
          "UPDATE gold.session_revisions SET user_id = CASE visitor_session_number"
              + " WHEN 1 THEN 'emil' ELSE 'dora' END, version = 1, late_events = 1,"
              + " events = events + 1 WHERE visitor_id = 'library'");
    }

    assertThat(column(of("dora").sessions(), "user_id")).containsExactly("dora");
    assertThat(column(of("emil").sessions(), "user_id")).containsExactly("emil");
    assertThat(column(of("library").sessions(), "user_id")).containsExactly("dora", "emil");
    assertThat(column(of("dora").changes(), "start_time")).containsOnly("2026-03-08T12:00:00Z");
  }

  /** Anybody may send an event whose anonymous id is the id of a user. */
  @Test
  void visitorNamedAsAUser_changesNothingOfThatUser() throws SQLException {
    try (Connection connection = gold.connect();
        Statement statement = connection.createStatement()) {
      insert(connection, "tablet", 1, "2026-03-07T10:00:00Z");
      insert(connection, "bella", 1, "2026-03-07T11:00:00Z");
      insert(connection, "carla", 1, "2026-03-07T12:00:00Z");
      insert(connection, "desk", 1, "2026-03-07T13:00:00Z");
      statement.executeUpdate(
          "INSERT INTO gold.identity_versions"
              + " (visitor_id, version, retracted, updated_at, user_id, event_time) VALUES"
              + " ('tablet', 1, false, now(), 'bella', '2026-03-07T10:00:10Z'),"
              + " ('bella', 1, false, now(), 'mallory', '2026-03-07T11:00:10Z'),"
              + " ('carla', 1, false, now(), 'mallory', '2026-03-07T12:00:10Z')");
      statement.executeUpdate(
          "UPDATE gold.session_revisions SET user_id = CASE visitor_id"
              + " WHEN 'tablet' THEN 'bella' WHEN 'desk' THEN 'carla' ELSE 'mallory' END"
              + " WHERE visitor_id IN ('tablet', 'bella', 'carla', 'desk')");
    }

    PersonAnswer bella = of("bella");
    assertThat(column(bella.identities(), "visitor_id")).containsExactly("tablet");
    assertThat(column(bella.sessions(), "visitor_id")).containsExactly("tablet");
    // Only a session, and no identity, tells that Carla is a user.
    assertThat(of("carla").identities()).isEmpty();
    assertThat(column(of("carla").sessions(), "visitor_id")).containsExactly("desk");
    assertThat(column(of("mallory").sessions(), "visitor_id")).containsExactly("carla", "bella");
  }

  @Test
  void visitorWithoutUser_hasItsOwnSessions_alsoARobots() {
    PersonAnswer stranger = of("stranger");

    assertThat(stranger.identities()).isEmpty();
    assertThat(column(stranger.sessions(), "is_bot")).containsExactly(true);
    assertThat(stranger.changes()).isEmpty();
  }

  @Test
  void idsAreLookedUpAsGoldKnowsThem() {
    var history =
        new PersonHistory(Optional.of(gold.database()), id -> id.equals("x") ? "anna" : id);

    assertThat(history.answer("x")).isEqualTo(of("anna"));
    // The links of an answer name people by their pseudonyms.
    var pseudonyms = new PersonHistory(Optional.of(gold.database()), id -> "pseudonym of " + id);
    assertThat(pseudonyms.answer("anna")).isEqualTo(of("anna"));
    assertThat(of("nobody' OR true --").sessions()).isEmpty();
  }

  @Test
  void userOfVeryManyVisitors_isCutAndSaysSo() throws SQLException {
    try (Connection connection = gold.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO gold.identity_versions"
              + " (visitor_id, version, retracted, updated_at, user_id, event_time)"
              + " SELECT 'v' || i, 1, false, now(), 'shared', now()"
              + " FROM generate_series(1, 101) AS i");
    }

    PersonAnswer shared = of("shared");

    assertThat(shared.identities()).hasSize(100);
    assertThat(shared.truncated()).isTrue();
    assertThat(shared.cut()).containsExactly("identities");
  }

  @Test
  void withoutPostgres_theSettingIsNamed() {
    var none = new PersonHistory(Optional.empty(), UnaryOperator.identity());

    assertThatThrownBy(() -> none.answer("anna"))
        .isInstanceOf(NoSessionRows.class)
        .hasMessageContaining("WEIR_POSTGRES_URL");
  }
}
