package io.weir.tools.funnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import io.weir.tools.funnel.VisitorFunnel.Bots;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the SQL with a search through all choices of events. */
class VisitorFunnelTest {
  private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(90);
  private static final List<String> STEPS = List.of("view:/a*", "cart", "view", "buy");

  private Connection connection;

  private record Event(
      String visitor, String id, String type, @Nullable String path, Instant time, String device) {}

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone = 'UTC'");
    execute("CREATE SCHEMA silver");
    execute(
        "CREATE TABLE silver.events (visitor_id VARCHAR, event_id VARCHAR, event_type VARCHAR,"
            + " url_path VARCHAR, event_time TIMESTAMPTZ, device VARCHAR, is_late BOOLEAN,"
            + " is_bot BOOLEAN)");
    execute(
        "CREATE TABLE silver.sessions (visitor_id VARCHAR, start_time TIMESTAMPTZ,"
            + " end_time TIMESTAMPTZ, is_bot BOOLEAN)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void insert(Event event, boolean isLate, boolean isBot) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO silver.events VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setString(1, event.visitor);
      statement.setString(2, event.id);
      statement.setString(3, event.type);
      statement.setString(4, event.path);
      statement.setObject(5, OffsetDateTime.ofInstant(event.time, ZoneOffset.UTC));
      statement.setString(6, event.device.isEmpty() ? null : event.device);
      statement.setBoolean(7, isLate);
      statement.setBoolean(8, isBot);
      statement.execute();
    }
  }

  private List<String> rows(VisitorFunnel funnel) throws SQLException {
    execute(funnel.marks());
    var rows = new ArrayList<String>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(funnel.answer())) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  private static VisitorFunnel funnel(List<String> steps, @Nullable String segment) {
    return new VisitorFunnel(
        steps.stream().map(FunnelStep::parse).toList(),
        FROM,
        FROM.plus(Duration.ofHours(3)),
        WINDOW,
        segment,
        Bots.EXCLUDE);
  }

  /** The furthest that any choice of events gets: all of them are tried. */
  private static int furthest(List<Event> events, int start, int at, int step) {
    int best = step;
    for (int i = at + 1; i < events.size() && step < STEPS.size(); i++) {
      Duration since = Duration.between(events.get(start).time, events.get(i).time);
      if (since.compareTo(WINDOW) <= 0 && fulfils(events.get(i), step)) {
        best = Math.max(best, furthest(events, start, i, step + 1));
      }
    }
    return best;
  }

  private static boolean fulfils(Event event, int step) {
    return switch (step) {
      case 0 -> event.type.equals("view") && event.path != null && event.path.startsWith("/a");
      case 1 -> event.type.equals("cart");
      case 2 -> event.type.equals("view");
      default -> event.type.equals("buy");
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void visitors_areThoseOfTheBestChoice(long seed) throws SQLException {
    var random = new Random(seed);
    var expected = new TreeMap<String, int[]>();
    for (int visitor = 0; visitor < 60; visitor++) {
      var events = new ArrayList<Event>();
      int many = random.nextInt(24);
      for (int i = 0; i < many; i++) {
        // Few minutes, so that many events have the same time.
        Instant time = FROM.plusSeconds(60L * (random.nextInt(190) - 5));
        String type = List.of("view", "cart", "buy", "other").get(random.nextInt(7) / 2);
        String path = random.nextInt(4) == 0 ? null : random.nextBoolean() ? "/a/b" : "/b";
        String device = List.of("mobile", "desktop", "").get(random.nextInt(3));
        events.add(
            new Event("v" + visitor, "e" + random.nextInt(99) + i, type, path, time, device));
        insert(events.getLast(), false, false);
      }
      events.sort(Comparator.comparing(Event::time).thenComparing(Event::id));
      count(events, expected);
    }

    var actual = new TreeMap<String, int[]>();
    for (String row : rows(funnel(STEPS, "device"))) {
      String[] cells = row.split(" ", -1);
      actual.computeIfAbsent(cells[0], _ -> new int[STEPS.size()])[Integer.parseInt(cells[1]) - 1] =
          Integer.parseInt(cells[3]);
    }
    assertThat(actual.keySet()).isEqualTo(expected.keySet()).contains("");
    expected.forEach((device, counts) -> assertThat(actual.get(device)).isEqualTo(counts));
    assertThat(expected.values().stream().mapToInt(counts -> counts[3]).sum()).isPositive();
  }

  private static void count(List<Event> events, Map<String, int[]> expected) {
    int best = 0;
    String device = "";
    for (int i = 0; i < events.size(); i++) {
      Event start = events.get(i);
      boolean isInRange =
          !start.time.isBefore(FROM) && start.time.isBefore(FROM.plus(Duration.ofHours(3)));
      if (isInRange && fulfils(start, 0)) {
        int reached = furthest(events, i, i, 1);
        if (reached > best) {
          best = reached;
          device = start.device;
        }
      }
    }
    for (int step = 0; step < best; step++) {
      expected.computeIfAbsent(device, _ -> new int[STEPS.size()])[step]++;
    }
  }

  @Test
  void rates_andTimes_areThoseOfTheStepBefore() throws SQLException {
    for (int i = 0; i < 4; i++) {
      insert(event("v" + i, "view", 0), false, false);
    }
    insert(event("v0", "cart", 60), false, false);
    insert(event("v1", "cart", 180), false, false);
    insert(event("v1", "buy", 200), false, false);

    assertThat(rows(funnel(List.of("view", "cart", "buy"), null)))
        .containsExactly(
            "1 view 4 1.0 null null", "2 cart 2 0.5 0.5 120.0", "3 buy 1 0.25 0.5 20.0");
  }

  @Test
  void nobody_hasNoRows() throws SQLException {
    assertThat(rows(funnel(List.of("view", "cart"), "device"))).isEmpty();
    assertThat(rows(funnel(List.of("view", "cart"), null)))
        .containsExactly("1 view 0 null null null", "2 cart 0 null null null");
  }

  @Test
  void lateEvents_andRobots_doNotCount() throws SQLException {
    insert(event("late", "view", 0), true, false);
    insert(event("robot", "view", 0), false, true);
    insert(event("robot by behaviour", "view", 0), false, false);
    execute(
        "INSERT INTO silver.sessions VALUES ('robot by behaviour', '2026-03-01 00:00Z',"
            + " '2026-03-01 00:00Z', true), ('person', '2026-03-01 00:00Z', '2026-03-01 00:00Z',"
            + " false)");
    insert(event("person", "view", 0), false, false);

    assertThat(rows(funnel(List.of("view", "cart"), null)).getFirst()).startsWith("1 view 1 ");
  }

  private static Event event(String visitor, String type, int second) {
    return new Event(visitor, visitor + second, type, "/", FROM.plusSeconds(second), "mobile");
  }

  @Test
  void pattern_isNoPatternOfSql() throws SQLException {
    insert(new Event("a", "1", "view", "/x_y%'\\z", FROM, ""), false, false);
    insert(new Event("b", "2", "view", "/xAyB", FROM, ""), false, false);

    assertThat(rows(funnel(List.of("view:/x_y%'\\*", "cart"), null)).getFirst())
        .startsWith("1 view:/x_y%'\\* 1 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Cart", "cart:", "cart:checkout", "a b", "cart'", ":/a"})
  void stepThatCannotBeMeant_isRefused(String step) {
    assertThatThrownBy(() -> FunnelStep.parse(step))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("page_view:/checkout*");
  }
}
