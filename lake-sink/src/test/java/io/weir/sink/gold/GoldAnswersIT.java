package io.weir.sink.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sink.Lake;
import io.weir.sink.Servers;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the answers of gold with a plain recomputation over random small histories. */
@ExtendWith(Servers.class)
class GoldAnswersIT {
  @ParameterizedTest
  @CsvSource({"Europe/Berlin,1", "America/New_York,2", "+05:30,3", "UTC-08:00,4"})
  void answers_areThoseOfThePlainRecomputation(String zone, long seed, Lake lake)
      throws SQLException {
    var history = new History(ZoneId.of(zone), seed);
    history.write(lake);
    var persons = new RecomputedPersons(history, lake);
    var sessions = new RecomputedSessions(history, lake);

    persons.users();
    new RecomputedCarts(history, lake).carts();
    sessions.funnel();
    persons.lifeCycle();
    persons.retention();
    sessions.distributions();
    sessions.heatmap();
    sessions.touches();

    String user = history.identifyLater(lake);
    assertThat(lake.gold("SELECT kind FROM gold.user_metrics WHERE person_id = '" + user + "'"))
        .isEqualTo("user");
    persons.users();
  }

  @Test
  void zoneThatPostgresDoesNotKnow_leavesDaysEmpty(Lake lake) throws SQLException {
    var history = new History(ZoneId.of("Europe/Berlin"), 5);
    history.write(lake);
    lake.change("UPDATE gold.cell_versions SET value = 'Mars/North' WHERE subject = 'progress'");

    assertThat(lake.gold("SELECT time_zone FROM gold.progress")).isEqualTo("null");
    for (String view :
        List.of(
            "sessions_daily",
            "visitors_daily",
            "cart_abandonment",
            "abandoned_products",
            "funnel_daily",
            "life_cycle_daily",
            "distributions",
            "heatmap",
            "touch_daily")) {
      assertThat(lake.gold("SELECT count(day) FROM gold." + view)).as(view).isEqualTo("0");
    }
    assertThat(lake.gold("SELECT count(*) FROM gold.retention_daily")).isEqualTo("0");
    assertThat(lake.gold("SELECT count(*) FROM gold.retention_weekly")).isEqualTo("0");
    new RecomputedPersons(history, lake).users();
  }
}
