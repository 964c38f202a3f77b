package io.weir.local.endtoend;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.endtoend.MetricAnswers.Question;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.truth.GoldTruth;
import io.weir.local.truth.TrueGold;
import io.weir.local.truth.Truth;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Holds every table of gold, and some answers of REST, to the truth. */
final class GoldCheck {
  private static final long SETTLING_NANOS = ofMinutes(1).toNanos();
  private static final String SESSIONS = "gold.sessions_daily";
  private static final String QUALITY =
      """
      SELECT sum(received), sum(accepted), sum(duplicates), sum(rejected), sum(internal) > 0,
        sum(late), count(*) FILTER (WHERE balance <> 0)
      FROM gold.quality WHERE grain = 'day'
      """;

  private static final String LATE_EVENTS =
      """
      SELECT (extract(epoch FROM bucket_start) * 1000)::bigint, is_bot::text, sum(late_events)
      FROM gold.restatements GROUP BY bucket_start, is_bot HAVING sum(late_events) <> 0
      """;
  private static final String RESTATED = "SELECT DISTINCT visitor_id FROM gold.restatements";

  private static final List<Question> QUESTIONS =
      List.of(
          Question.of("sessions", "device", SESSIONS, "sessions"),
          Question.of("conversion_rate", "", SESSIONS, "conversion_rate"),
          Question.of("revenue", "campaign", SESSIONS, "revenue"),
          Question.of("refunded", "", SESSIONS, "refunded"),
          Question.of("ctr", "position", SESSIONS, "ctr"),
          Question.of("goal_events", "goal", SESSIONS, "goal_events"),
          Question.of("events", "app", "gold.events_daily", "events"),
          Question.of("searches", "search_term", "gold.events_daily", "searches"),
          Question.of("product_quantity", "category", "gold.products_daily", "quantity"),
          Question.of("abandoned_cart_value", "country", "gold.carts_daily", "left_value"));

  private final Catalogue catalogue;
  private final Truth truth;
  private final GoldTruth gold;

  GoldCheck(Catalogue catalogue, Truth truth, GoldTruth gold) {
    this.catalogue = catalogue;
    this.truth = truth;
    this.gold = gold;
  }

  void check() throws InterruptedException, SQLException {
    long begun = System.nanoTime();
    checkVariety();
    try (Connection connection = DriverManager.getConnection(catalogue.postgresUrl(), "weir", "")) {
      var tables = new TrueGold(connection, gold);
      assertThat(gold.tables().keySet()).containsExactlyInAnyOrderElementsOf(tables.compared());
      assertThat(tables.forgottenColumns()).isEmpty();
      assertThat(settled(tables)).isEmpty();
      assertThat(tables.rows(QUALITY)).containsExactly(quality());
      checkRestatements(tables);
    }
    try (var metrics = new MetricAnswers(catalogue.address(Service.STREAM), gold)) {
      assertThat(metrics.differences(QUESTIONS)).isEmpty();
    }
    System.out.printf("gold compared in %.1f s%n", (System.nanoTime() - begun) / 1e9);
  }

  /**
   * A first row with late events is a restatement, too. So all late events are in one, whichever
   * rows were seen between. And whose events all arrived at once is in none.
   */
  private void checkRestatements(TrueGold tables) throws SQLException {
    GoldTruth.Table sessions = gold.table("gold.sessions_15m");
    List<List<String>> late =
        sessions.rows().stream()
            .filter(row -> sessions.at(row, "dimension").isEmpty())
            .map(row ->
                Stream.of("bucket_start", "is_bot", "late_events")
                    .map(column -> sessions.at(row, column))
                    .toList())
            .filter(row -> !row.getLast().equals("0"))
            .toList();
    assertThat(late).isNotEmpty();
    assertThat(tables.rows(LATE_EVENTS)).containsExactlyInAnyOrderElementsOf(late);
    assertThat(tables.rows(RESTATED))
        .isNotEmpty()
        .extracting(List::getFirst)
        .isSubsetOf(gold.delayed());
  }

  /** Robots in disguise were found, and carts are in each state. */
  private void checkVariety() {
    GoldTruth.Table sessions = gold.table("gold.session_metrics");
    assertThat(sessions.rows())
        .extracting(row -> sessions.at(row, "bot_reason"))
        .contains("agent", "rhythm");
    GoldTruth.Table carts = gold.table("gold.cart_abandonment");
    assertThat(List.of("purchased", "recovered", "abandoned", "open", "emptied"))
        .allSatisfy(
            fate -> assertThat(carts.rows()).anyMatch(row -> !carts.at(row, fate).equals("0")));
  }

  /** Asks until the last cells have come. */
  private static List<String> settled(TrueGold tables) throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + SETTLING_NANOS;
    while (true) {
      List<String> differences = tables.differences();
      if (differences.isEmpty() || System.nanoTime() > deadline) {
        return differences;
      }
      Thread.sleep(500);
    }
  }

  private List<String> quality() {
    return List.of(
        "" + (truth.produced() + truth.closing()),
        "" + (truth.distinctValid() + truth.closing()),
        "" + truth.duplicates(),
        "" + (truth.malformed() + truth.internal()),
        "t",
        "0",
        "0");
  }
}
