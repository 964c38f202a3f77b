package io.weir.benchmarks.gold;

import io.weir.benchmarks.measure.Latencies;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.queries.HttpConnection;
import io.weir.benchmarks.queries.PacedThreads;
import io.weir.benchmarks.topic.RawEventSender;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.VisitorPartition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Probes that send one event of a type of its own and look until REST answers with it, and until
 * PostgreSQL has the row of its cell.
 */
final class FreshnessProbes {
  /** Probes that ask more often are a load of their own. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final String ROW = "SELECT 1 FROM gold.cells WHERE cell_key = ?";

  private final int port;
  private final Map<String, String> database;
  private final RawEventSender raw;
  private final Latencies rest = new Latencies();
  private final Latencies rows = new Latencies();
  private final AtomicLong number = new AtomicLong();

  FreshnessProbes(int port, Map<String, String> database, RawEventSender raw) {
    this.port = port;
    this.database = database;
    this.raw = raw;
  }

  Latencies rest() {
    return rest;
  }

  Latencies rows() {
    return rows;
  }

  void reset() {
    rest.reset();
    rows.reset();
  }

  /** A thread that sends one probe after the other. */
  PacedThreads.Action thread() {
    return new ProbeThread();
  }

  private final class ProbeThread implements PacedThreads.Action {
    private @Nullable HttpConnection http;
    private @Nullable Connection sql;

    @Override
    public void run(long ignored) throws IOException {
      long probe = number.incrementAndGet();
      String type = "probe_" + probe;
      String visitor = "probe-" + probe;
      Instant now = Instant.now();
      raw.send(visitor, event(type, visitor, now));
      await(type, rowKey(type, visitor, LocalDate.ofInstant(now, ZoneOffset.UTC)));
    }

    private void await(String type, String row) throws IOException {
      long begin = System.nanoTime();
      boolean isAnswered = false;
      boolean isStored = false;
      while (!isAnswered || !isStored) {
        if (!isAnswered && isAnswered(type)) {
          isAnswered = true;
          rest.add(System.nanoTime() - begin);
        }
        if (!isStored && isStored(row)) {
          isStored = true;
          rows.add(System.nanoTime() - begin);
        }
        if (System.nanoTime() - begin > PATIENCE_NANOS) {
          throw new IOException(
              type + ": in REST " + isAnswered + ", in PostgreSQL " + isStored + " within 60 s");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    private boolean isAnswered(String type) throws IOException {
      HttpConnection open = http == null ? HttpConnection.open(port) : http;
      http = open;
      String body =
          open.get(
                  "/v1/metrics/events?grain=total&by=event_type&filter=event_type:"
                      + type
                      + "&from="
                      + LocalDate.now(ZoneOffset.UTC).minusDays(1))
              .body();
      return body.contains("\"group\":\"" + type + "\"");
    }

    private boolean isStored(String row) throws IOException {
      try {
        Connection open = sql == null ? connect() : sql;
        sql = open;
        try (PreparedStatement statement = open.prepareStatement(ROW)) {
          statement.setString(1, row);
          try (ResultSet found = statement.executeQuery()) {
            return found.next();
          }
        }
      } catch (SQLException e) {
        throw new IOException("PostgreSQL cannot be asked for a row", e);
      }
    }

    private Connection connect() throws SQLException {
      return DriverManager.getConnection(
          database.get("WEIR_POSTGRES_URL"), database.get("WEIR_POSTGRES_USER"), "");
    }
  }

  private static byte[] event(String type, String visitor, Instant time) {
    return """
    {"event_id":"%s","event_type":"%s","event_time":"%s","anonymous_id":"%s","url":"https://www.shop.example/",\
    "user_agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"}\
    """
        .formatted(visitor, type, time, visitor)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String rowKey(String type, String visitor, LocalDate day) {
    long start = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    var key = new GoldKey(Subject.EVENTS, Grain.DAY, Dimension.EVENT_TYPE, false, start, type);
    return VisitorPartition.of(visitor, ProjectFolder.PARTITIONS) + "|" + key.text();
  }
}
