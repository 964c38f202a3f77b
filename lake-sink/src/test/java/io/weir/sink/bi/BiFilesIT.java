package io.weir.sink.bi;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
    assertThat(lake.gold("SELECT sum(revenue) FROM bi.revenue_daily WHERE currency = 'EUR'"))
        .isEqualTo("5.0000");
  }
}
