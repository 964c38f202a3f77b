package io.weir.sink.gold;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role {@code weir_reader}, which may read the schemas {@code gold} and {@code bi}, without the
 * sums of single erasures. An administrator grants it to people and tools.
 */
final class WeirReader {
  private static final Logger LOG = LoggerFactory.getLogger(WeirReader.class);
  private static final String ROLE = "weir_reader";
  private static final String HAS_ROLE =
      "EXISTS (SELECT FROM pg_roles WHERE rolname = '" + ROLE + "')";

  /** Another database of the same server has created the role at the same time. */
  private static final Set<String> EXISTS_ALREADY = Set.of("42710", "23505");

  private WeirReader() {}

  /** Creates the role if the user may, and gives it the right to read, once. */
  static void ensure(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!isTrue(statement, HAS_ROLE) && !create(statement)) {
        return;
      }
      if (!isTrue(statement, "has_schema_privilege('" + ROLE + "', 'bi', 'USAGE')")) {
        grant(statement);
      }
    }
  }

  private static boolean create(Statement statement) throws SQLException {
    if (!isTrue(
        statement,
        "(SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user)")) {
      LOG.warn(
          "gold has no role for readers, because this user may not create roles; an administrator"
              + " can: CREATE ROLE {} NOLOGIN; the next start of lake-sink gives it its rights",
          ROLE);
      return false;
    }
    try {
      statement.execute("CREATE ROLE " + ROLE + " NOLOGIN");
    } catch (SQLException e) {
      if (!EXISTS_ALREADY.contains(e.getSQLState())) {
        throw e;
      }
    }
    return true;
  }

  /** Gives the rights on what exists and on what later migrations add. */
  private static void grant(Statement statement) throws SQLException {
    String to = " IN SCHEMA gold, bi GRANT SELECT ON TABLES TO " + ROLE;
    statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA gold, bi TO " + ROLE);
    statement.execute("REVOKE ALL ON gold.erasures FROM " + ROLE);
    statement.execute("ALTER DEFAULT PRIVILEGES" + to);
    statement.execute("GRANT USAGE ON SCHEMA gold, bi TO " + ROLE);
  }

  private static boolean isTrue(Statement statement, String condition) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT " + condition)) {
      rows.next();
      return rows.getBoolean(1);
    }
  }
}
