package io.weir.stream.query.metrics;

import io.weir.process.PrintedAddress;
import io.weir.process.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database with the rows of sessions. Connections are opened when a question comes, and at most
 * two at a time: a page asks much at once, and PostgreSQL has other work.
 */
public final class SessionDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SessionDatabase.class);
  private static final int CONNECTIONS = 2;
  private static final String CONNECT_SECONDS = "3";

  /** What the server was asked to do took too long. */
  static final String CANCELED = "57014";

  private static final String START =
      "start it and lake-sink, or change " + Settings.variable("postgres.url");
  private static final String ALLOW =
      "%s, %s and %s must name a member of weir_reader in a database that lake-sink has filled"
          .formatted(
              Settings.variable("postgres.url"),
              Settings.variable("postgres.user"),
              Settings.variable("postgres.password"));

  private final Address address;
  private final Duration timeout;
  private final Semaphore permits = new Semaphore(CONNECTIONS, true);
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean isSilent = new AtomicBoolean();
  private volatile boolean isClosed;

  /** The address of the database, with the user and password. */
  public record Address(String url, String user, String password) {
    /** The URL as it may be printed: one of its parameters may be a password. */
    String place() {
      return PrintedAddress.of(url);
    }

    /** Omits passwords, so they are never logged. */
    @Override
    public String toString() {
      return "Address[" + place() + ", " + user + "]";
    }
  }

  /** Reads from a connection. */
  public interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  /**
   * Creates the access to a database; opens no connection.
   *
   * @param timeout for each statement, and for a free connection
   */
  public SessionDatabase(Address address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
  }

  /**
   * Reads in one snapshot, which all statements of the reading see.
   *
   * @throws BusyPostgres if no connection becomes free in time
   * @throws NoSessionRows if PostgreSQL does not give what is asked for
   */
  public <T> T read(Reading<T> reading) {
    await();
    try {
      T result = readNow(reading);
      if (isSilent.getAndSet(false)) {
        log.info("PostgreSQL answers questions about sessions again");
      }
      return result;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      permits.release();
    }
  }

  private void await() {
    try {
      if (permits.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new BusyPostgres("PostgreSQL is busy with other questions; ask again later");
  }

  private <T> T readNow(Reading<T> reading) throws SQLException {
    Connection used = idle.poll();
    if (used != null) {
      try {
        return read(reading, used);
      } catch (SQLException e) {
        // PostgreSQL may have been started anew since the connection was opened.
        if (!isLost(e)) {
          throw e;
        }
      }
    }
    return read(reading, connect());
  }

  private <T> T read(Reading<T> reading, Connection connection) throws SQLException {
    boolean isUsable = false;
    try {
      T result = reading.from(connection);
      connection.rollback();
      isUsable = !isClosed;
      return result;
    } finally {
      if (isUsable) {
        idle.push(connection);
      } else {
        close(connection);
      }
    }
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.put("user", address.user());
    properties.put("password", address.password());
    properties.put("connectTimeout", CONNECT_SECONDS);
    properties.put("loginTimeout", CONNECT_SECONDS);
    properties.put("socketTimeout", Long.toString(timeout.toSeconds() + 5));
    properties.put("ApplicationName", "weir-stream-app");
    Connection connection = DriverManager.getConnection(address.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = " + timeout.toMillis());
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      close(connection);
      throw e;
    }
  }

  private static boolean isLost(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || (state.startsWith("57") && !state.equals(CANCELED));
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  /** The reason for the caller. What the server says may name users and hosts, so it is logged. */
  private NoSessionRows failed(SQLException e) {
    String limit = timeout.toMillis() + " ms";
    if (state(e).equals(CANCELED)) {
      return new NoSessionRows(
          "PostgreSQL took longer than %s for this; a shorter range or a longer %s is right"
              .formatted(limit, Settings.variable("stream.sql-timeout")),
          e);
    }
    String what = isRefusal(e) ? "refuses this" : "does not answer";
    if (!isSilent.getAndSet(true)) {
      // A URL that no driver takes is part of the message.
      String why = PrintedAddress.in(String.valueOf(e.getMessage()), address.url());
      log.warn("PostgreSQL at {} {}: {}", address.place(), what, why);
    }
    return new NoSessionRows(
        "this needs PostgreSQL, which %s (SQLSTATE %s); %s"
            .formatted(what, state(e), isRefusal(e) ? ALLOW : START),
        e);
  }

  /** Whether the server refuses the user, the database, or what the user reads. */
  private static boolean isRefusal(SQLException e) {
    String state = state(e);
    return state.startsWith("28") || state.startsWith("3D") || state.startsWith("42");
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        log.debug("a connection did not close: {}", e.getMessage());
      }
    }
  }

  /** Closes the connections that are free; those in use are closed when their reading ends. */
  @Override
  public void close() {
    isClosed = true;
    for (Connection each = idle.poll(); each != null; each = idle.poll()) {
      close(each);
    }
  }
}
