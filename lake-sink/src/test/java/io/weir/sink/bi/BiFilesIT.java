package io.weir.sink.bi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The files of the folder bi against the schema that lake-sink makes. */
@ExtendWith(Servers.class)
class BiFilesIT {
  private static final Path BI = Path.of("../bi");

  private static void cell(Lake lake, String subject, String dimension, String value, int number) {
    lake.change(
        """
        INSERT INTO gold.cell_versions VALUES (
          '%1$s%2$s%3$s', 1, false, now(), '%1$s', 'day', '2026-03-01Z', false, '%2$s', '%3$s', 0,
          %4$d, 0, 0, 0, 0, 0, 90000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, %4$d,
          '{"EUR": 5}', 'EUR', 5, '2026-03-09Z')
        """
            .formatted(subject, dimension, value, number));
  }

  private static void fill(Lake lake) {
    lake.factory(Clock.systemUTC());
    cell(lake, "progress", "", "UTC", 0);
    cell(lake, "sessions", "", "", 3);
    cell(lake, "sessions", "referrer_class", "search", 3);
    cell(lake, "sessions", "ad", "a1", 3);
    lake.change(
        "UPDATE gold.cell_versions SET ad_impressions = 4, ad_clicks = 2, matched_clicks = 1"
            + " WHERE dimension = 'ad'");
    cell(lake, "visitors", "previous_day", "", 2);
    cell(lake, "visitors", "previous_day", "4", 5);
    for (int events = 1; events <= 4; events++) {
      lake.change(
          """
          INSERT INTO gold.session_revisions (session_key, version, retracted, visitor_id,
            start_time, end_time, is_bot, events, page_views, product_views, add_to_carts,
            checkouts, purchases, duration_ms, revenue_by_currency)
          VALUES ('%1$d', 0, false, 'v', '2026-03-01Z', '2026-03-01Z', false, %1$d, 1, 1,
            (%1$d > 1)::int, (%1$d > 2)::int, (%1$d > 3)::int, 1000, '{}')
          """
              .formatted(events));
    }
  }

  /** The rows of a file of SQL, as text. */
  private static String rows(Lake lake, String file) throws IOException {
    String sql = Files.readString(BI.resolve("sql/" + file)).strip().replaceFirst(";$", "");
    return lake.gold("SELECT string_agg(row::text, ' ') FROM (" + sql + "\n) AS row");
  }

  @Test
  void seeds_haveTheirNumbers(Lake lake) throws IOException {
    fill(lake);

    assertThat(rows(lake, "daily_active_users.sql")).isEqualTo("(2026-03-01,7,2,t)");
    assertThat(rows(lake, "mean_duration.sql")).isEqualTo("(2026-03-01,3,90000,30.000,t)");
    assertThat(rows(lake, "events_per_session.sql"))
        .isEqualTo("(1,2,1,0.250000) (2,3,1,0.250000) (3,4,1,0.250000) (4,6,1,0.250000)");
    assertThat(rows(lake, "funnel_conversion.sql"))
        .isEqualTo("(2026-03-01,4,3,2,1,0.750000,0.500000,0.250000,t)");
    assertThat(rows(lake, "revenue.sql")).isEqualTo("(2026-03-01,EUR,5.0000,t)");
    assertThat(rows(lake, "sources.sql")).isEqualTo("(search,3,0.000000,0.000000)");
    assertThat(rows(lake, "ads.sql")).isEqualTo("(a1,4,2,1,0.250000)");
    assertThat(rows(lake, "cart_abandonment.sql")).isEqualTo("(2026-03-01,1,0,0,0,0,0.000000)");
  }

  @Test
  void datasetsOfSuperset_haveTheirColumnsAndMetrics(Lake lake) throws Exception {
    fill(lake);
    var numbers = new TreeMap<String, String>();
    try (Connection connection = lake.postgres().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE weir_reader");
      for (JsonNode dataset : SupersetBundle.read().datasets()) {
        String name = dataset.path("table_name").asText();
        String sql = dataset.path("sql").asText();

        assertThat(columns(statement, sql))
            .as(name)
            .isEqualTo(SupersetBundle.texts(dataset.path("columns"), "column_name"));
        assertThat(types(statement, sql))
            .as(name)
            .isEqualTo(SupersetBundle.texts(dataset.path("columns"), "type"));
        for (JsonNode metric : dataset.path("metrics")) {
          String value =
              one(
                  statement,
                  "SELECT ("
                      + metric.path("expression").asText()
                      + ")::float8"
                      + " FROM ("
                      + sql
                      + ") AS x");
          numbers.put(name + "." + metric.path("metric_name").asText(), value);
        }
      }
    }

    assertThat(numbers)
        .containsEntry("weir_sessions.sessions", "3")
        .containsEntry("weir_sessions.average_session_duration", "30")
        .containsEntry("weir_breakdowns.sessions", "3")
        .containsEntry("weir_revenue.revenue", "5")
        .containsEntry("weir_visitors.daily_active_visitors", "7")
        .containsEntry("weir_events_per_session.sessions", "4")
        .containsEntry("weir_funnel.completion_rate", "0.25")
        .containsEntry("weir_ads.ctr", "0.25")
        .containsEntry("weir_carts.carts", "1");
  }

  @Test
  void questionsOfMetabase_drawColumnsOfTheirSql(Lake lake) throws Exception {
    fill(lake);
    int asked = 0;
    try (Connection connection = lake.postgres().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE weir_reader");
      for (JsonNode one :
          new ObjectMapper().readTree(BI.resolve("metabase/questions.json").toFile())) {
        String sql = Files.readString(BI.resolve("sql/" + one.path("sql").asText()));

        assertThat(columns(statement, sql))
            .as(one.path("name").asText())
            .containsAll(SupersetBundle.texts(one.path("dimensions")))
            .containsAll(SupersetBundle.texts(one.path("metrics")));
        asked++;
      }
    }
    assertThat(asked).isEqualTo(8);
  }

  /** A file of ./weir export has the columns of gold's view, so both sources are asked. */
  @Test
  void tablesOfPowerBi_readColumnsThatExist(Lake lake) throws Exception {
    fill(lake);
    int read = 0;
    try (Connection connection = lake.postgres().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE weir_reader");
      for (PowerBiModel.Table table : PowerBiModel.read().tables().values()) {
        for (PowerBiModel.Read one : table.reads()) {
          assertThat(typeOf(statement, one.schema(), one)).as(one.toString()).isEqualTo(one.type());
          if (!one.relation().equals("revenue_daily")) {
            assertThat(typeOf(statement, "gold", one)).as(one.toString()).isEqualTo(one.type());
          }
          read++;
        }
      }
    }
    assertThat(read).isGreaterThan(70);
  }

  /** The name that Power Query has for the type of a column; JSON is text in a file. */
  private static String typeOf(Statement statement, String schema, PowerBiModel.Read one)
      throws SQLException {
    String sql = "SELECT " + one.column() + " FROM " + schema + "." + one.relation();
    return switch (types(statement, sql).getFirst()) {
      case "DATE" -> "type date";
      case "BOOLEAN" -> "type logical";
      case "TEXT" -> "type text";
      case "INTEGER", "LONGINTEGER" -> "Int64.Type";
      default -> one.relation().equals("sessions_daily") ? "type text" : "type number";
    };
  }

  private static List<String> columns(Statement statement, String sql) throws SQLException {
    return described(statement, sql, ResultSetMetaData::getColumnLabel);
  }

  /** The names that Superset has for the types. */
  private static List<String> types(Statement statement, String sql) throws SQLException {
    return described(
        statement,
        sql,
        (about, column) ->
            switch (about.getColumnTypeName(column)) {
              case "date" -> "DATE";
              case "bool" -> "BOOLEAN";
              case "text" -> "TEXT";
              case "int4" -> "INTEGER";
              case "int8" -> "LONGINTEGER";
              default -> "DECIMAL";
            });
  }

  /** What the driver says about a column. */
  private interface About {
    String of(ResultSetMetaData about, int column) throws SQLException;
  }

  private static List<String> described(Statement statement, String sql, About about)
      throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      var all = new ArrayList<String>();
      for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
        all.add(about.of(result.getMetaData(), column));
      }
      return all;
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return String.valueOf(result.getString(1));
    }
  }

  @Test
  void columnsOfDbt_exist(Lake lake) throws IOException {
    fill(lake);
    String yaml = Files.readString(BI.resolve("dbt/models/weir_metrics.yml"));
    var names = Pattern.compile("agg: sum, expr: (\\w+)").matcher(yaml);

    int found = 0;
    for (; names.find(); found++) {
      assertThat(lake.gold("SELECT sum(" + names.group(1) + ") FROM bi.sessions_daily"))
          .as(names.group(1))
          .isNotEqualTo("null");
    }
    assertThat(found).isGreaterThan(20);
    for (String model : new String[] {"sessions_daily", "revenue_daily"}) {
      String sql = Files.readString(BI.resolve("dbt/models/weir_" + model + ".sql"));
      assertThat(
              lake.gold(
                  "SELECT day FROM (" + sql.replaceAll("\\{\\{.*}}", "bi." + model) + ") AS x"))
          .isEqualTo("2026-03-01");
    }
    assertThat(lake.gold("SELECT sum(revenue) FROM bi.revenue_daily WHERE dimension = ''"))
        .isEqualTo("5.0000");
  }
}
