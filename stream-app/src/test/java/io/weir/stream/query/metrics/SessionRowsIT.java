package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.gold.SessionCells;
import io.weir.stream.gold.SessionFacts;
import io.weir.testkit.FreePort;
import io.weir.testkit.RealPostgres;
import io.weir.testkit.TestSessions;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the answers of PostgreSQL with those of cells, and with plain recomputations. */
class SessionRowsIT {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final GoldRules RULES = GoldRules.of(BERLIN, GoldRules.USUAL_QUARTERS);
  private static final Instant NOW = Instant.parse("2026-04-03T10:07:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** With the day on which clocks in Berlin are put forward. */
  private static final String RANGE = "from=2026-03-25;to=2026-03-31;";

  private static final Instant SETTLED = Instant.parse("2026-03-29T22:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String EURO = "\u20ac";

  /** The last but one has 513 bytes, and the last 512 of other characters: both are cut or kept. */
  private static final String[] HOSTILE = {
    "DE",
    "FR",
    "it's \"quoted\"; DROP TABLE gold.cells --",
    "$1 ? {} \\",
    "\ud83d\ude00",
    "",
    "x" + EURO.repeat(300),
    "xx" + EURO.repeat(170) + "y",
    "xx" + EURO.repeat(170)
  };

  private static final List<Session> SESSIONS = sessions();

  @TempDir private static Path folder;
  private static RealPostgres server;
  private static SessionDatabase database;
  private static SessionRows rows;
  private static GroupMetrics cells;
  private static MetricSources both;

  @BeforeAll
  static void fill() throws SQLException {
    server = RealPostgres.start(folder);
    try (Connection connection = connect()) {
      SessionTable.create(connection);
      SessionTable.settle(connection, SETTLED, BERLIN.getId());
      for (Session each : SESSIONS) {
        SessionTable.insert(connection, each, false);
      }
      Session gone = session(new Random(1), "gone", 1);
      SessionTable.insert(connection, gone, true);
    }
    MemoryCells store = MemoryCells.of(0);
    SessionCells.each(SESSIONS, BERLIN, (key, measures) -> store.put(0, key, measures));
    fillVisitors(store);
    store.settled(0, BERLIN.getId(), SETTLED.toString());
    cells = PeerAnswers.group(store, 1, RULES);
    database = new SessionDatabase(address(server.port()), TIMEOUT);
    rows = new SessionRows(database, Duration.ZERO);
    both = new MetricSources(cells, Optional.of(rows), RULES, CLOCK);
  }

  private static SessionDatabase.Address address(int port) {
    return new SessionDatabase.Address(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(server.url(), "postgres", "postgres");
  }

  @AfterAll
  static void stop() {
    database.close();
    server.close();
  }

  private static List<Session> sessions() {
    var random = new Random(20_260_325);
    var sessions = new ArrayList<Session>();
    for (int i = 0; i < 900; i++) {
      sessions.add(session(random, "v" + random.nextInt(i % 2 == 0 ? 60 : 600), i));
    }
    return sessions;
  }

  private static Session session(Random random, String visitor, int number) {
    long start = Instant.parse("2026-03-17T23:00:00Z").toEpochMilli();
    // Some begin at midnight.
    start +=
        random.nextInt(10) == 0
            ? random.nextInt(15) * Cells.DAY_MS
            : random.nextInt(15 * 1440) * 60_000L + random.nextInt(60_000);
    long duration =
        random.nextInt(8) == 0 ? random.nextLong(2 * Cells.DAY_MS) : random.nextLong(3_600_000);
    boolean isConverted = random.nextInt(4) == 0;
    int carts = random.nextInt(3);
    return TestSessions.session(visitor, number)
        .setVisitorSessionNumber(1 + random.nextInt(3))
        .setStartTime(start)
        .setEndTime(start + duration)
        .setDurationMs(duration)
        .setIsBot(random.nextInt(5) == 0)
        .setEvents(1 + random.nextInt(9))
        .setPageViews(random.nextInt(5))
        .setProductViews(random.nextInt(4))
        .setSearches(random.nextInt(3))
        .setAdImpressions(random.nextInt(4))
        .setAdClicks(random.nextInt(3))
        .setMatchedClicks(random.nextInt(2))
        .setAddToCarts(carts)
        .setRemoveFromCarts(random.nextInt(2))
        .setCheckouts(random.nextInt(2))
        .setPurchases(isConverted ? 1 : 0)
        .setRefunds(random.nextInt(2))
        .setLateEvents(random.nextInt(2))
        .setIsBounce(random.nextInt(3) == 0)
        .setIsConverted(isConverted)
        .setIsCartAbandoned(carts > 0 && !isConverted)
        .setCountry(text(random))
        .setEngagedMs(start % 7 * 10_000)
        .setIsEngaged(start % 7 > 2)
        .setDevice(random.nextBoolean() ? "mobile" : "desktop")
        .setBrowser(text(random))
        .setOs(text(random))
        .setCity(text(random))
        .setCampaignName(text(random))
        .setCampaignSource(text(random))
        .setCampaignMedium(text(random))
        .setReferrerClass(text(random))
        .setEntryPage(text(random))
        .setAppId(text(random))
        .setExitPage(text(random))
        .setRevenueE4(isConverted ? money(random) : Map.of())
        .setRefundedE4(random.nextInt(5) == 0 ? money(random) : Map.of())
        .setGoals(
            random.nextInt(3) == 0
                ? List.of(new GoalCounts("a", 2, money(random)), new GoalCounts("b", 1, Map.of()))
                : List.of())
        .build();
  }

  /** What gold keeps of a text: whole characters of at most 512 bytes. */
  private static String kept(@Nullable String text) {
    String kept = text == null ? "" : text;
    while (kept.getBytes(StandardCharsets.UTF_8).length > 512) {
      kept = kept.substring(0, kept.length() - 1);
    }
    return kept;
  }

  private static @Nullable String text(Random random) {
    int pick = random.nextInt(HOSTILE.length + 1);
    return pick == HOSTILE.length ? null : HOSTILE[pick];
  }

  /** More currencies than cells name, some that are none, and nothing at all of one. */
  private static Map<String, Long> money(Random random) {
    var money = new HashMap<String, Long>();
    for (String code : List.of("", "EUR", "CHF", "GBP", "JPY", "USD", "QQQ")) {
      if (random.nextInt(3) > 0) {
        money.put(code, random.nextInt(4) == 0 ? 0 : random.nextLong(Long.MAX_VALUE));
      }
    }
    return money;
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

  private static MetricQuery query(String metric, String parameters) {
    return QueryReader.read(
        Metrics.named(metric).orElseThrow(), Requests.of(parameters), BERLIN, NOW);
  }

  private static MetricAnswer ask(String metric, String parameters) {
    return both.answer(Metrics.named(metric).orElseThrow(), Requests.of(parameters));
  }

  private static List<String> metrics() {
    return Metrics.all().stream()
        .filter(metric -> metric.subject() == Subject.SESSIONS && !metric.isOfRows())
        .map(MetricDefinition::name)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void everyMetricOfSessions_isThatOfTheCells(String metric) {
    var asked = new ArrayList<String>();
    for (Dimension each : SessionFacts.DIMENSIONS) {
      asked.add("grain=total;by=" + each.code());
    }
    for (String value : HOSTILE) {
      asked.add("filter=exit_page:" + kept(value));
    }
    asked.add("");
    asked.add("by=landing_page;top=2;compare=previous");
    asked.add("by=country;filter=country:DE");
    asked.add("bots=only;by=visitor_type");
    asked.add("bots=include;grain=week;by=campaign");
    for (String each : asked) {
      MetricQuery query = query(metric, RANGE + each);
      MetricAnswer expected = cells.answer(query);
      MetricAnswer answer = rows.answer(query);

      assertThat(answer.rows()).as(each).isEqualTo(expected.rows());
      assertThat(answer.finalUntil())
          .isEqualTo(expected.finalUntil())
          .startsWith("2026-03-30T00:00");
      assertThat(answer.source()).isEqualTo("postgresql");
      assertThat(expected.source()).isEqualTo("state");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"country:DE", "device:mobile", "city:", "visitor_type:new"})
  void whatIsNot_isTheTotalWithoutIt(String filter) {
    String not = filter.replace(":", "!:");
    String asked = RANGE + "grain=total;filter=";

    BigDecimal all = value(ask("sessions", RANGE + "grain=total"));
    MetricAnswer rest = ask("sessions", asked + not);

    assertThat(rest.source()).isEqualTo("postgresql");
    assertThat(rest.filters()).containsExactly(not);
    assertThat(value(rest)).isPositive();
    assertThat(value(rest)).isEqualTo(all.subtract(value(ask("sessions", asked + filter))));
    assertThatThrownBy(() -> ask("sessions", asked + filter + ";filter=" + not))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("one for each is right");
  }

  private static BigDecimal value(MetricAnswer answer) {
    return Objects.requireNonNull(answer.rows().getFirst().value());
  }

  /** The range with the times at which Berlin's days begin, an hour before the day or two. */
  private static boolean isInRange(long time) {
    Instant start = Instant.ofEpochMilli(time);
    return !start.isBefore(Instant.parse("2026-03-24T23:00:00Z"))
        && start.isBefore(Instant.parse("2026-03-31T22:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"average_engaged_time", "engagement_rate"})
  void formulaOfRows_runInPostgres_isTheAnswer(String name) throws SQLException {
    MetricDefinition metric = Metrics.named(name).orElseThrow();
    String sql =
        "SELECT %s FROM bi.fact_session WHERE NOT is_bot AND start_time >= '%s' AND start_time < '%s'"
            .formatted(
                metric.formula().text(),
                Instant.parse("2026-03-24T23:00:00Z"),
                Instant.parse("2026-03-31T22:00:00Z"));

    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      assertThat(row.getDouble(1))
          .isPositive()
          .isCloseTo(
              value(both.answer(metric, Requests.of(RANGE + "grain=total"))).doubleValue(),
              within(1e-6));
    }
  }

  /** Rates of cells are shown as SQL over gold, which must not divide whole numbers. */
  @Test
  void formulasOfCells_divideNoWholeNumbers() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (MetricDefinition metric : Metrics.all()) {
        if (metric.formula() instanceof Formula.Ratio) {
          String sql = "SELECT pg_typeof(" + metric.formula().text() + ") FROM gold.sessions_daily";
          try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            assertThat(row.getString(1)).as(metric.name()).isEqualTo("numeric");
          }
        }
      }
    }
  }

  @Test
  void engagement_isReadFromRows() {
    List<Session> people =
        SESSIONS.stream()
            .filter(each -> !each.getIsBot() && isInRange(each.getStartTime()))
            .toList();
    double engaged = people.stream().mapToLong(Session::getEngagedMs).average().orElseThrow();
    var request = Requests.of(RANGE + "grain=total");

    MetricAnswer time = both.answer(Metrics.named("average_engaged_time").orElseThrow(), request);
    MetricAnswer rate = both.answer(Metrics.named("engagement_rate").orElseThrow(), request);

    assertThat(time.source()).isEqualTo("postgresql");
    assertThat(value(time).doubleValue()).isCloseTo(engaged / 1000, within(1e-6));
    assertThat(value(rate).doubleValue())
        .isCloseTo(
            people.stream().filter(Session::getIsEngaged).count() / (double) people.size(),
            within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"visitors", "new_visitors", "returning_visitors"})
  void visitorsOfTheSitesDays_areThoseOfTheCells(String metric) {
    for (String grain : List.of("day", "week", "total;compare=previous")) {
      MetricQuery query = query(metric, RANGE + "grain=" + grain);

      List<MetricAnswer.Row> expected = cells.answer(query).rows();
      assertThat(rows.answer(query).rows()).as(grain).isEqualTo(expected);
      assertThat(expected).anyMatch(row -> BigDecimal.ZERO.compareTo(row.value()) < 0);
    }
  }

  @Test
  void twoFilters_areThoseOfThePlainRecomputation() {
    String filters = "filter=country:DE;filter=device:mobile;";

    MetricAnswer answer = ask("sessions", RANGE + filters + "grain=day");
    assertThat(answer.source()).isEqualTo("postgresql");
    assertThat(answer.filters()).containsExactly("country:DE", "device:mobile");
    assertThat(answer.filter()).isNull();
    assertThat(answer.rows()).hasSize(7);
    for (MetricAnswer.Row row : answer.rows()) {
      assertThat(row.value())
          .isEqualTo(BigDecimal.valueOf(found(row, SessionRowsIT::isChosen).size()));
      assertThat(row.isFinal()).isEqualTo(row.end().compareTo("2026-03-30T00:00:00+02:00") <= 0);
    }
    MetricAnswer.Row sum = ask("page_views", RANGE + filters + "grain=total").rows().getFirst();
    assertThat(number(sum).intValue())
        .isEqualTo(
            found(sum, SessionRowsIT::isChosen).stream().mapToInt(Session::getPageViews).sum());
    MetricAnswer.Row rate = ask("bounce_rate", RANGE + filters + "grain=total").rows().getFirst();
    long bounced =
        found(rate, SessionRowsIT::isChosen).stream().filter(Session::getIsBounce).count();
    assertThat(number(rate).doubleValue())
        .isEqualTo((double) bounced / found(rate, SessionRowsIT::isChosen).size(), within(1e-6));
    for (MetricAnswer.Row row :
        ask("sessions", RANGE + filters + "by=browser;grain=total").rows()) {
      long expected =
          found(row, SessionRowsIT::isChosen).stream()
              .filter(each -> kept(each.getBrowser()).equals(row.group()))
              .count();
      assertThat(number(row).longValue()).as(row.group()).isEqualTo(expected);
    }
  }

  /** A session of 60 hours, as an earlier setting may have made it, begins 50 hours before. */
  @Test
  void visitors_areOfSessionsNotLongerThanTheLongest() throws SQLException {
    String day = "from=2026-05-03;to=2026-05-03;grain=total;by=exit_page";
    long start = Instant.parse("2026-05-02T22:00:00Z").minus(Duration.ofHours(50)).toEpochMilli();
    Session stretched =
        TestSessions.session("stretched", 1)
            .setStartTime(start)
            .setEndTime(start + Duration.ofHours(60).toMillis())
            .setIsBot(false)
            .build();
    try (Connection connection = connect()) {
      SessionTable.insert(connection, stretched, false);
    }
    MetricQuery query =
        QueryReader.read(
            Metrics.named("visitors").orElseThrow(),
            Requests.of(day),
            BERLIN,
            Instant.parse("2026-05-10T00:00:00Z"));

    var shorter = new SessionRows(database, Duration.ofHours(49));
    assertThat(rows.answer(query).rows()).isEmpty();
    assertThat(shorter.answer(query).rows()).isEmpty();
    var longer = new SessionRows(database, Duration.ofHours(51));
    assertThat(longer.answer(query).rows()).hasSize(1);
  }

  private static BigDecimal number(MetricAnswer.Row row) {
    return Objects.requireNonNull(row.value());
  }

  private static boolean isChosen(Session session) {
    return "DE".equals(session.getCountry()) && session.getDevice().equals("mobile");
  }

  /** The sessions of people that start in a row's bucket and pass a filter. */
  private static List<Session> found(MetricAnswer.Row row, Predicate<Session> filter) {
    return SESSIONS.stream()
        .filter(each -> !each.getIsBot() && filter.test(each))
        .filter(each ->
            millis(row.start()) <= each.getStartTime() && each.getStartTime() < millis(row.end()))
        .toList();
  }

  private static long millis(String time) {
    return OffsetDateTime.parse(time).toInstant().toEpochMilli();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filter=device:mobile;grain=day",
        "filter=device:mobile;filter=country:DE;grain=week",
        "zone=America/New_York;grain=day",
        "grain=hour",
        "from=2026-03-26T00:07:00Z;to=2026-03-28T01:00:00Z;grain=total",
        "by=country;grain=day"
      })
  void visitorsOfASegment_areThoseOfThePlainRecomputation(String parameters) {
    for (String metric : List.of("visitors", "new_visitors", "returning_visitors")) {
      MetricAnswer answer = ask(metric, RANGE + parameters);

      assertThat(answer.source()).isEqualTo("postgresql");
      assertThat(answer.rows()).isNotEmpty();
      for (MetricAnswer.Row row : answer.rows()) {
        assertThat(number(row).intValue())
            .as(metric + row)
            .isEqualTo(visitors(metric, parameters, row).size());
      }
    }
  }

  private static Set<String> visitors(String metric, String parameters, MetricAnswer.Row row) {
    long start = millis(row.start());
    var visitors = new HashSet<String>();
    for (Session each : SESSIONS) {
      boolean passes =
          (!parameters.contains("device:") || each.getDevice().equals("mobile"))
              && (!parameters.contains("country:") || "DE".equals(each.getCountry()))
              && (row.group() == null || row.group().equals(kept(each.getCountry())));
      if (!each.getIsBot()
          && passes
          && each.getStartTime() < millis(row.end())
          && each.getEndTime() >= start
          && (metric.equals("visitors")
              || metric.equals("returning_visitors") == isKnown(each.getVisitorId(), start))) {
        visitors.add(each.getVisitorId());
      }
    }
    return visitors;
  }

  private static boolean isKnown(String visitor, long before) {
    return SESSIONS.stream()
        .anyMatch(each ->
            !each.getIsBot()
                && each.getVisitorId().equals(visitor)
                && each.getStartTime() < before);
  }

  @Test
  void whatCellsHaveForgotten_comesFromRows() {
    MetricAnswer answer = ask("sessions", "from=2026-01-01T00:07:00Z;to=2026-03-31;grain=hour");

    assertThat(answer.source()).isEqualTo("postgresql");
    assertThat(ask("sessions", RANGE).source()).isEqualTo("state");
    assertThat(ask("sessions", RANGE + "by=country;filter=country:DE").source()).isEqualTo("state");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessions; filter=country:a\0b;filter=device:x; no value has a NUL",
        "ctr; by=ad;filter=country:DE; by=ad or filter=ad:value alone is right",
        "goal_events; filter=goal:a;filter=country:DE; goal is not known beside another dimension",
        "events; by=page;filter=country:DE; metrics of events have one dimension at a time",
        "visitors; by=country;bots=include; counts people"
      })
  void whatNobodyKnows_isRefused(String text) {
    String[] parts = text.split("; ", -1);

    assertThatThrownBy(() -> ask(parts[0], RANGE + parts[1]))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining(parts[2]);
  }

  @Test
  void removedSessions_areNoZeros() throws SQLException {
    change("UPDATE gold.kept SET sessions_from = '2026-03-20T00:00:00Z'");
    try {
      assertThat(ask("visitors", RANGE + "by=country").rows()).isNotEmpty();
      assertThatThrownBy(() -> ask("visitors", RANGE + "by=country;compare=previous"))
          .isInstanceOf(RefusedQuery.class)
          .hasMessageContaining("sessions are kept from 2026-03-20T00:00:00Z on");
    } finally {
      change("UPDATE gold.kept SET sessions_from = '-infinity'");
    }
  }

  private static void change(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void noPostgres_isSaid() {
    var without = new MetricSources(cells, Optional.empty(), RULES, CLOCK);
    try (var nowhere = new SessionDatabase(address(FreePort.next()), TIMEOUT)) {
      var down =
          new MetricSources(
              cells, Optional.of(new SessionRows(nowhere, Duration.ZERO)), RULES, CLOCK);
      for (MetricSources each : List.of(without, down)) {
        for (String parameters : List.of("by=country", "zone=America/New_York")) {
          MetricRequest request = Requests.of(RANGE + parameters);
          assertThatThrownBy(() -> each.answer(Metrics.named("visitors").orElseThrow(), request))
              .isInstanceOf(NoSessionRows.class)
              .hasMessageContaining("WEIR_POSTGRES_URL");
        }
      }
      MetricRequest ofCells = Requests.of(RANGE);
      assertThat(down.answer(Metrics.named("visitors").orElseThrow(), ofCells).rows()).hasSize(7);
    }
  }

  @ParameterizedTest
  @CsvSource({"nobody, postgres, 28000", "stranger, postgres, 42501", "postgres, nowhere, 3D000"})
  void refusals_areNoSilence(String user, String name, String state) throws SQLException {
    change("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN");
    String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name;
    try (var refusing =
        new SessionDatabase(new SessionDatabase.Address(url, user, "wrong"), TIMEOUT)) {
      var sessions = new SessionRows(refusing, Duration.ZERO);
      MetricQuery query = query("sessions", RANGE + "filter=country:DE;by=device");

      assertThatThrownBy(() -> sessions.answer(query))
          .isInstanceOf(NoSessionRows.class)
          .hasMessageContaining("refuses this (SQLSTATE " + state + ")")
          .hasMessageContaining("WEIR_POSTGRES_USER");
    }
  }

  @Test
  void slowPostgres_isSaid_andAskedAgain() throws SQLException {
    try (var impatient = new SessionDatabase(address(server.port()), Duration.ofMillis(200));
        Connection other = connect();
        Statement lock = other.createStatement()) {
      var sessions = new SessionRows(impatient, Duration.ZERO);
      MetricQuery query = query("sessions", RANGE + "filter=country:DE;by=device");
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE gold.session_revisions IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> sessions.answer(query))
          .isInstanceOf(NoSessionRows.class)
          .hasMessageContaining("a shorter range or a longer WEIR_STREAM_SQL_TIMEOUT is right");
      other.rollback();

      assertThat(sessions.answer(query).rows()).isNotEmpty();
    }
  }

  @Test
  void lostConnections_areOpenedAnew() throws SQLException {
    List<MetricAnswer.Row> before = ask("visitors", RANGE + "by=country").rows();
    change(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'weir-stream-app'");

    assertThat(ask("visitors", RANGE + "by=country").rows()).isEqualTo(before);
  }

  @Test
  void connections_onlyRead() {
    assertThatThrownBy(() ->
            database.read(connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute("DELETE FROM gold.session_revisions");
              }
            }))
        .isInstanceOf(NoSessionRows.class)
        .hasMessageContaining("25006");
  }
}
