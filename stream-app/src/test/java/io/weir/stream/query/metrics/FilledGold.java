package io.weir.stream.query.metrics;

import static io.weir.stream.query.metrics.RandomSessions.SESSIONS;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.Session;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.gold.SessionCells;
import io.weir.testkit.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One PostgreSQL with the random sessions, and cells of the same sessions. All tests share it: a
 * test undoes its changes, or adds only sessions outside {@link #RANGE}.
 *
 * @param rows answers from PostgreSQL
 * @param both answers from cells, or from PostgreSQL where cells cannot answer
 */
record FilledGold(
    RealPostgres server,
    SessionDatabase database,
    SessionRows rows,
    GroupMetrics cells,
    MetricSources both)
    implements AutoCloseable {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final GoldRules RULES = GoldRules.of(BERLIN, GoldRules.USUAL_QUARTERS);
  static final Instant NOW = Instant.parse("2026-04-03T10:07:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** With the day on which clocks in Berlin are put forward. */
  static final String RANGE = "from=2026-03-25;to=2026-03-31;";

  static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Instant SETTLED = Instant.parse("2026-03-29T22:00:00Z");

  /** Gives every class of tests the same gold, which is filled once. */
  static final class Shared implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(FilledGold.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == FilledGold.class;
    }

    @Override
    public FilledGold resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(FilledGold.class, _ -> fill(), FilledGold.class);
    }
  }

  private static FilledGold fill() {
    try {
      RealPostgres server = RealPostgres.start(Files.createTempDirectory("filled-gold"));
      try (Connection connection = connect(server)) {
        SessionTable.create(connection);
        SessionTable.settle(connection, SETTLED, BERLIN.getId());
        for (Session each : SESSIONS) {
          SessionTable.insert(connection, each, false);
        }
        Session gone = RandomSessions.session(new Random(1), "gone", 1);
        SessionTable.insert(connection, gone, true);
      }
      return of(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FilledGold of(RealPostgres server) {
    MemoryCells store = MemoryCells.of(0);
    SessionCells.each(SESSIONS, BERLIN, (key, measures) -> store.put(0, key, measures));
    fillVisitors(store);
    store.settled(0, BERLIN.getId(), SETTLED.toString());
    GroupMetrics cells = PeerAnswers.group(store, 1, RULES);
    var database = new SessionDatabase(address(server.port()), TIMEOUT);
    var rows = new SessionRows(database, Duration.ZERO);
    var both = new MetricSources(cells, Optional.of(rows), RULES, CLOCK);
    return new FilledGold(server, database, rows, cells, both);
  }

  /** The cells of visitors by their previous active day, in plain Java. */
  private static void fillVisitors(MemoryCells store) {
    var days = new TreeMap<String, TreeSet<LocalDate>>();
    for (Session each : SESSIONS) {
      if (!each.getIsBot()) {
        date(each.getStartTime())
            .datesUntil(date(each.getEndTime()).plusDays(1))
            .forEach(days.computeIfAbsent(each.getVisitorId(), _ -> new TreeSet<>())::add);
      }
    }
    var counts = new HashMap<GoldKey, Integer>();
    for (TreeSet<LocalDate> each : days.values()) {
      for (LocalDate day : each) {
        LocalDate before = each.lower(day);
        String value = before == null ? "" : "" + ChronoUnit.DAYS.between(before, day);
        long start = day.atStartOfDay(BERLIN).toInstant().toEpochMilli();
        counts.merge(
            new GoldKey(Subject.VISITORS, Grain.DAY, Dimension.PREVIOUS_DAY, false, start, value),
            1,
            Integer::sum);
      }
    }
    counts.forEach((key, count) -> store.put(0, key, cell -> cell.setVisitors(count)));
  }

  private static LocalDate date(long time) {
    return Instant.ofEpochMilli(time).atZone(BERLIN).toLocalDate();
  }

  static SessionDatabase.Address address(int port) {
    return new SessionDatabase.Address(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
  }

  SessionDatabase.Address address() {
    return address(server.port());
  }

  Connection connect() throws SQLException {
    return connect(server);
  }

  private static Connection connect(RealPostgres server) throws SQLException {
    return DriverManager.getConnection(server.url(), "postgres", "postgres");
  }

  void change(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static MetricQuery query(String metric, String parameters) {
    return QueryReader.read(
        Metrics.named(metric).orElseThrow(), Requests.of(parameters), BERLIN, NOW);
  }

  MetricAnswer ask(String metric, String parameters) {
    return both.answer(Metrics.named(metric).orElseThrow(), Requests.of(parameters));
  }

  @Override
  public void close() {
    database.close();
    server.close();
  }
}
