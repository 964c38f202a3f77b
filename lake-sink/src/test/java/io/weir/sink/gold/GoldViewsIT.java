package io.weir.sink.gold;

import static io.weir.sink.gold.CellTopic.cell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the views of gold with a plain recomputation from the cells. */
@ExtendWith(Servers.class)
class GoldViewsIT {
  /** The last day before the clocks change in Berlin. */
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 28);

  private static final int DAYS = 3;
  private static final int PARTITIONS = 4;
  private static final List<String> VALUES = List.of("", "DE", "b|\"\\", "\uD83D\uDE00");
  private static final List<String> CURRENCIES = List.of("", "EUR", "USD", "a\"b");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** The days of 200 days, 60 countries and 12 partitions, with revenue. */
  private static final String MANY_CELLS =
      """
      INSERT INTO gold.cell_versions
      SELECT format('%s|%s|%s', p, d, c), 1, false, now(), 'sessions', 'day',
        timestamptz '2025-10-01Z' + d * interval '1 day', false, 'country', 'c' || c, p,
        9, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, '{"EUR": 12.5000}', 'EUR', 12.5,
        'epoch'
      FROM generate_series(0, 199) AS d, generate_series(1, 60) AS c, generate_series(0, 11) AS p
      """;

  private final Random random = new Random(14);

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "UTC", "Z", "+05:30", "UTC-08:00"})
  void views_areTheSumsOfTheirCells(String id, Lake lake) throws SQLException {
    ZoneId zone = ZoneId.of(id);
    List<GoldCell> cells = cells(zone);
    long settled = FIRST.plusDays(2).atStartOfDay(zone).toInstant().toEpochMilli();
    var sent = new ArrayList<>(cells);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      sent.add(progress(zone, partition, settled + partition));
    }
    fill(lake, sent);
    var checked = new Recomputation(lake, cells, zone, settled);

    checked.check("gold.sessions_15m", Subject.SESSIONS, Grain.QUARTER);
    checked.check("gold.sessions_daily", Subject.SESSIONS, Grain.DAY);
    checked.check("gold.events_15m", Subject.EVENTS, Grain.QUARTER);
    checked.check("gold.events_daily", Subject.EVENTS, Grain.DAY);
    checked.check("gold.products_daily", Subject.PRODUCTS, Grain.DAY);
    checked.check("gold.visitors_daily", Subject.VISITORS, Grain.DAY);
    checked.check("bi.sessions_15m", Subject.SESSIONS, Grain.QUARTER);
    checked.check("bi.sessions_daily", Subject.SESSIONS, Grain.DAY);
    checked.checkRevenue();
  }

  @Test
  void ads_areRowsByDay(Lake lake) {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    long day = FIRST.atStartOfDay(zone).toInstant().toEpochMilli();
    var cells = new ArrayList<GoldCell>();
    for (int partition = 0; partition < 2; partition++) {
      int number = partition;
      cells.add(progress(zone, partition, day));
      for (Dimension dimension : List.of(Dimension.AD, Dimension.POSITION, Dimension.PAGE)) {
        var key = new GoldKey(Subject.SESSIONS, Grain.DAY, dimension, false, day, "a1");
        cells.add(
            cell(
                key,
                1,
                change ->
                    change
                        .setPartition(number)
                        .setAdImpressions(4)
                        .setAdClicks(3)
                        .setMatchedClicks(2 - number)));
      }
    }
    fill(lake, cells);

    for (String value : List.of("ad", "position", "page")) {
      assertThat(
              lake.gold(
                  "SELECT concat_ws(' ', day, is_bot, %1$s, ad_impressions, ad_clicks,"
                          .formatted(value)
                      + " matched_clicks, ctr, click_through_rate, is_final) FROM gold."
                      + (value.equals("ad") ? "ads_daily" : "ad_" + value + "s_daily")))
          .isEqualTo(FIRST + " f a1 8 6 3 0.375000 0.750000 f");
    }
  }

  @Test
  void cartsAndLateEvents_areRowsOfTheirOwn(Lake lake) {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    long day = FIRST.atStartOfDay(zone).toInstant().toEpochMilli();
    var cells = new ArrayList<GoldCell>();
    for (int partition = 0; partition < 2; partition++) {
      int number = partition;
      cells.add(progress(zone, partition, day));
      var product = new GoldKey(Subject.CARTS, Grain.DAY, Dimension.PRODUCT, false, day, "p1");
      var late = new GoldKey(Subject.LATE, Grain.DAY, Dimension.EVENT_TYPE, false, day, "purchase");
      Map<String, String> amount = Map.of("EUR", "1.25");
      cells.add(
          cell(
              product,
              1,
              c -> c.setPartition(number).setSessions(1).setQuantity(3).setRevenue(amount)));
      cells.add(
          cell(
              late,
              1,
              c -> c.setPartition(number).setEvents(2).setPurchases(2).setRevenue(amount)));
    }
    fill(lake, cells);

    assertThat(
            lake.gold(
                "SELECT concat_ws(' ', day, dimension, value, sessions, quantity, left_value,"
                    + " is_final) FROM gold.carts_daily"))
        .isEqualTo(FIRST + " product p1 2 6 {\"EUR\": 2.50} f");
    assertThat(
            lake.gold(
                "SELECT concat_ws(' ', day, dimension, value, late_excluded_events,"
                    + " late_excluded_purchases, late_excluded_revenue) FROM gold.late_daily"))
        .isEqualTo(FIRST + " event_type purchase 4 4 {\"EUR\": 2.50}");
    assertThat(lake.gold("SELECT count(*) FROM gold.late_15m")).isEqualTo("0");
  }

  /** The rate of a goal is that of all sessions of the day and side. */
  @Test
  void goals_areRowsByDay(Lake lake) {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    long day = FIRST.atStartOfDay(zone).toInstant().toEpochMilli();
    var cells = new ArrayList<GoldCell>();
    for (int partition = 0; partition < 2; partition++) {
      int number = partition;
      cells.add(progress(zone, partition, day));
      for (boolean isBot : new boolean[] {false, true}) {
        var total = new GoldKey(Subject.SESSIONS, Grain.DAY, Dimension.ALL, isBot, day, "");
        cells.add(
            cell(total, 1, c -> c.setPartition(number).setSessions(8 - number).setGoalSessions(2)));
      }
      var key = new GoldKey(Subject.SESSIONS, Grain.DAY, Dimension.GOAL, false, day, "signed_up");
      cells.add(
          cell(
              key,
              1,
              change ->
                  change
                      .setPartition(number)
                      .setGoalEvents(4)
                      .setGoalSessions(2 - number)
                      .setGoalValue(Map.of("EUR", "1.25"))));
    }
    fill(lake, cells);

    assertThat(
            lake.gold(
                "SELECT concat_ws(' ', day, is_bot, goal, goal_events, goal_sessions, sessions,"
                    + " goal_rate, goal_value, is_final) FROM gold.goals_daily"))
        .isEqualTo(FIRST + " f signed_up 8 3 15 0.200000 {\"EUR\": 2.50} f");
    assertThat(
            lake.gold(
                "SELECT string_agg(concat_ws(' ', dimension, is_bot, goal_rate), ','"
                    + " ORDER BY dimension, is_bot) FROM bi.sessions_daily"))
        .isEqualTo(" f 0.266667, t 0.266667,goal f");
  }

  @Test
  void daysOfACountry_areFoundByTheIndex(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    lake.change(MANY_CELLS);
    lake.change("ANALYZE gold.cell_versions");
    String query =
        """
        SELECT day, value, sessions, revenue, conversion_rate, is_final FROM gold.sessions_daily
        WHERE dimension = 'country' AND NOT is_bot
          AND bucket_start >= '2026-02-01Z' AND bucket_start < '2026-03-03Z'
        """;

    assertThat(lake.gold("SELECT count(*) FROM (" + query + ") AS q")).isEqualTo("1800");
    var plan = new StringBuilder();
    var millis = new ArrayList<Double>();
    try (var connection = lake.postgres().connect();
        var statement = connection.createStatement()) {
      for (int i = 0; i < 20; i++) {
        long begun = System.nanoTime();
        try (var rows = statement.executeQuery(query)) {
          assertThat(rows.next()).isTrue();
        }
        millis.add((System.nanoTime() - begun) / 1e6);
      }
      try (var rows = statement.executeQuery("EXPLAIN " + query)) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
    }
    millis.sort(null);

    System.out.printf(
        "30 days by country from 12 partitions: median %.0f ms, longest %.0f ms%n",
        millis.get(10), millis.getLast());
    assertThat(plan.toString()).contains("cell_versions_by_time").doesNotContain("Seq Scan");
  }

  private static GoldCell progress(ZoneId zone, int partition, long settled) {
    var key = new GoldKey(Subject.PROGRESS, Grain.DAY, Dimension.ALL, false, 0, zone.getId());
    return cell(key, 1, change -> change.setPartition(partition).setSettledUntil(settled));
  }

  private List<GoldCell> cells(ZoneId zone) {
    var cells = new ArrayList<GoldCell>();
    for (Subject subject : Subject.values()) {
      for (int day = 0; day < DAYS && subject != Subject.PROGRESS; day++) {
        Instant start = FIRST.plusDays(day).atStartOfDay(zone).toInstant();
        for (int bucket = 0; bucket < 100; bucket += 33) {
          Instant quarter = start.plusSeconds(900L * bucket);
          add(cells, new Place(subject, Grain.QUARTER, quarter.toEpochMilli()));
        }
        add(cells, new Place(subject, Grain.DAY, start.toEpochMilli()));
      }
    }
    return cells;
  }

  private record Place(Subject subject, Grain grain, long start) {}

  private void add(List<GoldCell> cells, Place place) {
    for (String value : VALUES) {
      for (int i = 0; i < 2 * PARTITIONS; i++) {
        boolean isBot = i % 2 == 1;
        int partition = i / 2;
        Dimension dimension = value.isEmpty() ? Dimension.ALL : Dimension.COUNTRY;
        var key = new GoldKey(place.subject, place.grain, dimension, isBot, place.start, value);
        if (random.nextInt(4) > 0) {
          cells.add(cell(key, 1, change -> fill(change.setPartition(partition))));
        }
      }
    }
  }

  private void fill(GoldCell.Builder change) {
    GoldCell sums = new GoldCell();
    for (Schema.Field field : GoldCell.getClassSchema().getFields()) {
      if (isSum(field)) {
        sums.put(field.pos(), random.nextInt(3) == 0 ? 0L : random.nextLong(1_000_000_000_000L));
      }
    }
    change
        .setSessions(sums.getSessions() % 50)
        .setConvertedSessions(sums.getConvertedSessions() % 20)
        .setBouncedSessions(sums.getBouncedSessions() % 20)
        .setCartSessions(sums.getCartSessions() % 2)
        .setAbandonedSessions(sums.getAbandonedSessions() % 2)
        .setDurationMs(sums.getDurationMs())
        .setEvents(sums.getEvents())
        .setPageViews(sums.getPageViews())
        .setLateEvents(sums.getLateEvents())
        .setQuantity(sums.getQuantity() == 0 ? 0 : Long.MAX_VALUE)
        .setVisitors(sums.getVisitors())
        .setAdImpressions(sums.getAdImpressions() % 50)
        .setMatchedClicks(sums.getMatchedClicks() % 20)
        .setRefunds(sums.getRefunds())
        .setGoalEvents(sums.getGoalEvents())
        .setGoalSessions(sums.getGoalSessions() % 20)
        .setGoalValue(revenue())
        .setRefunded(revenue())
        .setRevenue(revenue());
  }

  private Map<String, String> revenue() {
    var revenue = new HashMap<String, String>();
    for (String currency : CURRENCIES) {
      if (random.nextInt(3) == 0) {
        BigDecimal amount =
            BigDecimal.valueOf(random.nextLong(), 4).scaleByPowerOfTen(random.nextInt(3));
        revenue.put(currency, amount.setScale(4).toPlainString());
      }
    }
    return revenue;
  }

  private static boolean isSum(Schema.Field field) {
    return field.schema().getType() == Schema.Type.LONG
        && !List.of("bucket_start", "version", "settled_until").contains(field.name());
  }

  private static void fill(Lake lake, List<GoldCell> cells) {
    TestSink factory = lake.factory(Clock.systemUTC());
    try (var topic = CellTopic.create(lake)) {
      topic.send(true, cells);
    }
    var loop =
        new SinkLoop(
            factory.gold(GoldTables.CELLS, lake.cells(), AvroSerde.goldCell()),
            factory.consumer("cells"));
    loop.start();
    String all = Integer.toString(cells.size());
    Until.holds(() -> lake.gold("SELECT count(*) FROM gold.cells").equals(all), loop);
    loop.close();
  }

  /** The rows that the views must have, by bucket, side, dimension and value. */
  private record Recomputation(Lake lake, List<GoldCell> cells, ZoneId zone, long settled) {

    void check(String view, Subject subject, Grain grain) throws SQLException {
      Map<String, Map<String, String>> actual = rows(view, List.of());
      var expected = new TreeMap<String, Map<String, String>>();
      groups(subject, grain)
          .forEach((key, group) ->
              expected.put(key, row(group, grain, actual.values().iterator().next().keySet())));

      assertThat(actual).as(view).isEqualTo(expected);
    }

    void checkRevenue() throws SQLException {
      Map<String, Map<String, String>> actual = rows("bi.revenue_daily", List.of("currency"));
      var expected = new TreeMap<String, Map<String, String>>();
      groups(Subject.SESSIONS, Grain.DAY)
          .forEach((key, group) ->
              amounts(group, GoldCell::getRevenue)
                  .forEach((currency, amount) -> {
                    var row = new TreeMap<String, String>();
                    row.put("day", day(group).toString());
                    row.put("is_final", Boolean.toString(end(group, Grain.DAY) <= settled));
                    row.put("revenue", amount.toPlainString());
                    expected.put(key + "|" + currency, row);
                  }));

      assertThat(actual).isEqualTo(expected);
    }

    private Map<String, List<GoldCell>> groups(Subject subject, Grain grain) {
      return cells.stream()
          .filter(each -> each.getSubject().equals(subject.code()))
          .filter(each -> each.getGrain().equals(grain.code()))
          .collect(
              Collectors.groupingBy(each ->
                  each.getBucketStart()
                      + "|"
                      + each.getIsBot()
                      + "|"
                      + each.getDimension()
                      + "|"
                      + each.getValue()));
    }

    private Map<String, String> row(List<GoldCell> group, Grain grain, Iterable<String> columns) {
      var row = new TreeMap<String, String>();
      for (String column : columns) {
        row.put(
            column,
            switch (column) {
              case "day" -> day(group).toString();
              case "is_final" -> Boolean.toString(end(group, grain) <= settled);
              case "revenue" -> amounts(group, GoldCell::getRevenue).toString();
              case "refunded" -> amounts(group, GoldCell::getRefunded).toString();
              case "goal_value" -> amounts(group, GoldCell::getGoalValue).toString();
              case "goal_rate" -> rate(group, "goal_sessions", "sessions");
              case "conversion_rate" -> rate(group, "converted_sessions", "sessions");
              case "bounce_rate" -> rate(group, "bounced_sessions", "sessions");
              case "cart_abandonment_rate" -> rate(group, "abandoned_sessions", "cart_sessions");
              case "ctr" -> rate(group, "matched_clicks", "ad_impressions");
              case "avg_duration_s" -> meanSeconds(group);
              default -> sum(group, column).toPlainString();
            });
      }
      return row;
    }

    private LocalDate day(List<GoldCell> group) {
      return Instant.ofEpochMilli(group.getFirst().getBucketStart()).atZone(zone).toLocalDate();
    }

    private long end(List<GoldCell> group, Grain grain) {
      return grain == Grain.DAY
          ? day(group).plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli()
          : group.getFirst().getBucketStart() + 900_000;
    }

    private static BigDecimal sum(List<GoldCell> group, String column) {
      return group.stream()
          .map(each -> BigDecimal.valueOf((Long) each.get(column)))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String rate(List<GoldCell> group, String part, String whole) {
      BigDecimal all = sum(group, whole);
      return all.signum() == 0
          ? "null"
          : sum(group, part).divide(all, 6, RoundingMode.HALF_UP).toPlainString();
    }

    private static String meanSeconds(List<GoldCell> group) {
      BigDecimal all = sum(group, "sessions");
      return all.signum() == 0
          ? "null"
          : sum(group, "duration_ms")
              .movePointLeft(3)
              .divide(all, 3, RoundingMode.HALF_UP)
              .toPlainString();
    }

    private static Map<String, BigDecimal> amounts(
        List<GoldCell> group, Function<GoldCell, Map<String, String>> of) {
      var sums = new TreeMap<String, BigDecimal>();
      for (GoldCell each : group) {
        of.apply(each)
            .forEach((currency, amount) ->
                sums.merge(currency, new BigDecimal(amount), BigDecimal::add));
      }
      return sums;
    }

    /** The other columns of each row, by the columns of its place and the given ones. */
    private Map<String, Map<String, String>> rows(String view, List<String> more)
        throws SQLException {
      var rows = new TreeMap<String, Map<String, String>>();
      String sql = "SELECT *, (extract(epoch FROM bucket_start) * 1000)::bigint AS ms FROM " + view;
      try (var connection = lake.postgres().connect();
          var result = connection.createStatement().executeQuery(sql)) {
        while (result.next()) {
          var row = new TreeMap<String, String>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            Object value = result.getObject(i);
            String type = result.getMetaData().getColumnTypeName(i);
            String text = value == null ? "null" : text(value, type);
            row.put(result.getMetaData().getColumnLabel(i), text);
          }
          row.remove("bucket_start");
          String key = row.remove("ms") + "|" + row.remove("is_bot") + "|";
          key += row.remove("dimension") + "|" + row.remove("value");
          for (String column : more) {
            key += "|" + row.remove(column);
          }
          assertThat(rows.put(key, row)).as("another row of %s", key).isNull();
        }
      }
      return rows;
    }

    private static String text(Object value, String type) {
      if (!type.equals("jsonb")) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
      }
      try {
        var amounts = new TypeReference<TreeMap<String, BigDecimal>>() {};
        return JSON.readValue(value.toString(), amounts).toString();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
