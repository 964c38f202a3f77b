package io.weir.sink.gold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every SQL of the Grafana dashboards against the real schema with data, as a member of the role
 * that Grafana has. Macros and variables are expanded as Grafana expands them.
 */
@ExtendWith(Servers.class)
class DashboardsIT {
  private static final Path FOLDER = Path.of("..", "monitoring", "grafana", "dashboards");
  private static final int DAYS = 90;
  private static final Pattern FILTER = Pattern.compile("\\$__timeFilter\\(([^)]*)\\)");
  private static final Pattern GROUP =
      Pattern.compile("\\$__timeGroupAlias\\(([^,]*),\\s*('15m'|\\$__interval),\\s*0\\)");
  private static final Set<Integer> NUMBERS =
      Set.of(Types.BIGINT, Types.INTEGER, Types.NUMERIC, Types.DOUBLE);

  /** The values of the variables: all, or some; a quote in a value is doubled. */
  private static final List<String> CHOICES =
      List.of("'(all)'", "'web','shop','DE','mobile','(unknown)','o''k'");

  private static final String QUALITY =
      """
      INSERT INTO gold.cell_versions SELECT 'q' || minutes || value, 1, false, now(), 'quality',
        '15m', now() - minutes * interval '1 minute', false, 'outcome', value, 0,
        0, 0, 0, 0, 0, 0, 5000, records, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', null, null, now()
      FROM generate_series(15, 60, 15) AS minutes, (VALUES ('received', 10), ('accepted', 7),
        ('duplicate', 1), ('rejected:not_json', 2), ('late', 1), ('robot', 1)) AS one (value, records)
      """;

  private static final String PLACES =
      """
      INSERT INTO gold.cell_versions SELECT 's' || dimension, 1, false, now(), 'sessions', 'day',
        now(), false, dimension, value, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        '{}', null, null, now()
      FROM (VALUES ('app', 'web'), ('country', 'DE'), ('device', 'mobile')) AS one (dimension, value)
      """;

  private final Instant now = Instant.now();
  private final String from = "'" + now.minus(Duration.ofDays(DAYS)) + "'";
  private final String to = "'" + now + "'";
  private final List<String> problems = new ArrayList<>();

  @Test
  void everyQuery_hasRowsOfTheColumnsThatItsPanelShows(Lake lake) throws Exception {
    new History(ZoneId.of("Europe/Berlin"), 7).write(lake);
    lake.change(QUALITY);
    lake.change(PLACES);
    lake.change("UPDATE gold.session_revisions SET funnel_step = 2 WHERE add_to_carts > 0");
    int asked = 0;
    try (Connection connection = lake.postgres().connect()) {
      connection.createStatement().execute("SET ROLE weir_reader");
      for (String name : List.of("business", "pipeline", "quality", "lake")) {
        asked += ask(connection, dashboard(name));
      }
    }

    assertThat(problems).isEmpty();
    assertThat(asked).isGreaterThan(20);
  }

  private static JsonNode dashboard(String name) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
  }

  private int ask(Connection connection, JsonNode dashboard) {
    int asked = 0;
    for (JsonNode variable : dashboard.path("templating").path("list")) {
      String query = variable.path("query").asText("");
      if (query.startsWith("SELECT")) {
        run(connection, query, "variable " + variable.path("name").asText(), _ -> {});
        asked++;
      }
    }
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        for (String choice : target.has("rawSql") ? CHOICES : List.<String>of()) {
          String sql = expand(target.path("rawSql").asText(), choice);
          String title = panel.path("title").asText() + " with " + choice;
          run(connection, sql, title, answer -> check(panel, target, answer));
          asked++;
        }
      }
    }
    return asked;
  }

  private String expand(String sql, String choice) {
    String grouped =
        GROUP.matcher(sql).replaceAll("floor(extract(epoch from $1)/900)*900 AS \"time\"");
    return FILTER
        .matcher(grouped)
        .replaceAll("$1 BETWEEN " + from + " AND " + to)
        .replace("$__timeFrom()", from)
        .replace("$__timeTo()", to)
        .replace("$app", choice)
        .replace("$country", choice)
        .replace("$device", choice);
  }

  /** What a query gave: its columns, their types and the number of rows. */
  private record Answer(List<String> columns, List<Integer> types, int rows, boolean hasValue) {
    static Answer of(ResultSet result) throws SQLException {
      ResultSetMetaData about = result.getMetaData();
      List<String> columns = new ArrayList<>();
      List<Integer> types = new ArrayList<>();
      for (int column = 1; column <= about.getColumnCount(); column++) {
        columns.add(about.getColumnLabel(column));
        types.add(about.getColumnType(column));
      }
      int rows = 0;
      boolean hasValue = false;
      while (result.next()) {
        rows++;
        hasValue |= result.getObject(columns.size()) != null;
      }
      return new Answer(columns, types, rows, hasValue);
    }
  }

  /** A check that says what is wrong by an assertion. */
  private interface Check {
    void of(Answer answer);
  }

  private void run(Connection connection, String sql, String title, Check check) {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      Answer answer = Answer.of(result);
      assertThat(answer.rows()).as("rows").isPositive();
      assertThat(answer.hasValue()).as("a value in the last column").isTrue();
      check.of(answer);
    } catch (SQLException | AssertionError e) {
      problems.add(title + ": " + e.getMessage() + "\n" + sql);
    }
  }

  private static void check(JsonNode panel, JsonNode target, Answer answer) {
    int numbers = (int) answer.types().stream().filter(NUMBERS::contains).count();
    for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
      assertThat(answer.columns()).contains(override.path("matcher").path("options").asText());
    }
    if (target.path("format").asText().equals("time_series")) {
      assertThat(answer.columns().getFirst()).isEqualTo("time");
      boolean hasMetric = answer.columns().contains("metric");
      boolean isStamp = answer.types().getFirst() == Types.TIMESTAMP;
      assertThat(numbers)
          .isEqualTo(answer.columns().size() - (hasMetric ? 1 : 0) - (isStamp ? 1 : 0));
    }
    switch (panel.path("type").asText()) {
      case "stat" -> {
        assertThat(answer.rows()).isOne();
        assertThat(answer.columns()).hasSize(1);
        assertThat(numbers).isOne();
      }
      case "barchart" -> {
        assertThat(answer.columns().getFirst())
            .isEqualTo(panel.path("options").path("xField").asText());
        assertThat(numbers).isPositive();
      }
      default -> assertThat(numbers).isPositive();
    }
    if (target.path("rawSql").asText().startsWith("WITH days")) {
      assertThat(answer.rows()).as("a row for each day").isGreaterThanOrEqualTo(DAYS);
    }
  }
}
