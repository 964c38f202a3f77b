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

  private static final List<Question> QUESTIONS =
      List.of(
          Question.of("sessions", "device", SESSIONS, "sessions"),
          Question.of("conversion_rate", "", SESSIONS, "conversion_rate"),
          Question.of("revenue", "campaign", SESSIONS, "revenue"),
          Question.of("refunded", "", SESSIONS, "refunded"),
          Question.of("ctr", "position", SESSIONS, "ctr"),
          Question.of("goal_events", "goal", SESSIONS, "goal_events"),
          Question.of("events", "app", "gold.events_daily", "events"),
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
    try (Connection connection = DriverManager.getConnection(catalogue.postgresUrl(), "weir", "")) {
      var tables = new TrueGold(connection, gold);
      assertThat(gold.tables().keySet()).containsExactlyInAnyOrderElementsOf(tables.compared());
      assertThat(tables.forgottenColumns()).isEmpty();
      assertThat(settled(tables)).isEmpty();
      assertThat(tables.rows(QUALITY)).containsExactly(quality());
    }
    try (var metrics = new MetricAnswers(catalogue.address(Service.STREAM), gold)) {
      assertThat(metrics.differences(QUESTIONS)).isEmpty();
    }
    System.out.printf("gold compared in %.1f s%n", (System.nanoTime() - begun) / 1e9);
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
