package io.weir.lake.gold;

import io.weir.process.PrintedAddress;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The address of the database, with the user and password. */
public record Postgres(String url, String user, String password) {
  private static final String CONNECT_TIMEOUT_SECONDS = "10";
  private static final String ANSWER_TIMEOUT_SECONDS = "60";

  /** The key of the advisory lock that an instance holds while it creates tables. */
  private static final long PROVISIONING_LOCK = 7_295_386_241_880_113L;

  public static Postgres from(Settings settings) {
    String url = settings.text("postgres.url", "jdbc:postgresql://127.0.0.1:5532/weir");
    if (PrintedAddress.hasLogin(url)) {
      throw new StartupException(
          "%s has a login before its host, which JDBC does not know; use %s and %s"
              .formatted(
                  Settings.variable("postgres.url"),
                  Settings.variable("postgres.user"),
                  Settings.variable("postgres.password")));
    }
    return new Postgres(
        url,
        settings.text("postgres.user", "weir"),
        settings.secret("postgres.password").orElse(""));
  }

  /** The address as it may be printed: a parameter of the URL may be a password. */
  public String place() {
    return PrintedAddress.of(url);
  }

  public Connection connect() throws SQLException {
    var properties = new Properties();
    properties.put("user", user);
    properties.put("password", password);
    properties.put("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.put("loginTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.put("socketTimeout", ANSWER_TIMEOUT_SECONDS);
    properties.put("reWriteBatchedInserts", "true");
    properties.put("ApplicationName", "weir-lake-sink");
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.contains(url)) {
        throw e;
      }
      // A URL that no driver takes is part of the message, and the cause would say it again.
      throw new SQLException(PrintedAddress.in(message, url), e.getSQLState());
    }
  }

  /** Work that no other instance does at the same time. */
  public interface Provisioning {
    void run(Connection connection) throws SQLException;
  }

  /**
   * Runs the work while no other instance does. If the database cannot be used, the exception has a
   * message for the operator.
   */
  public void alone(Provisioning provisioning) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + PROVISIONING_LOCK + ")");
      provisioning.run(connection);
    } catch (SQLException e) {
      throw new StartupException(
          "PostgreSQL at "
              + place()
              + " cannot be used as user "
              + user
              + ": "
              + oneLine(e)
              + "; start it, or change "
              + Settings.variable("postgres.url")
              + ", "
              + Settings.variable("postgres.user")
              + " or "
              + Settings.variable("postgres.password"),
          e);
    }
  }

  private static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Omits passwords, so they are never logged. */
  @Override
  public String toString() {
    return "Postgres[" + place() + ", " + user + "]";
  }
}
