package io.weir.tools.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertMetricTest {
  /** Metrics without alerts, by the beginning of their names. */
  private static final List<String> WITHOUT =
      List.of(
          "new_visitors",
          "returning_visitors",
          "abandoned_cart",
          "abandoned_quantity",
          "late_excluded_",
          "average_engaged_time",
          "engagement_rate");

  private static String formula(AlertMetric metric) {
    if (metric.name().equals("visitors")) {
      return "sum(visitors) over the days of the bucket where previous_day is unknown or before the bucket";
    }
    if (metric.name().equals("net_revenue")) {
      return "sum(revenue) - sum(refunded) by currency";
    }
    String text = "sum(" + metric.above() + ")";
    if (metric.below() != null) {
      text +=
          " / sum("
              + metric.below()
              + ")"
              + (metric.divisor() == 1 ? "" : " / " + metric.divisor());
    }
    return text
        + (metric.isMoney() ? " by currency" : "")
        + (metric.name().equals("goal_rate") ? " of all" : "");
  }

  @Test
  void metrics_areThoseOfTheDocumentation() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("../docs/metrics.md")).stream()
            .dropWhile(line -> !line.startsWith("| metric | meaning"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.split(" \\| ", -1))
            .map(cells -> cells[0].replaceAll("[|` ]", "") + ": " + cells[2].replace("`", ""))
            .filter(line -> WITHOUT.stream().noneMatch(line::startsWith))
            .toList();

    assertThat(AlertMetric.known().stream().map(metric -> metric.name() + ": " + formula(metric)))
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  /** Visitors have none here: a number of distinct visitors needs their previous day. */
  @Test
  void dimensions_areThoseOfTheDocumentation() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("../docs/metrics.md")).stream()
            .dropWhile(line -> !line.startsWith("| subject | dimensions"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .filter(line -> !line.matches("\\| `(visitors|carts|late)` .*"))
            .map(line -> line.replaceAll("^\\| | \\|$|`", "").replace(" | ", ": "))
            .toList();

    assertThat(
            AlertMetric.known().stream()
                .filter(metric -> !metric.name().equals("visitors"))
                .map(metric -> metric.subject() + ": " + String.join(", ", metric.dimensions()))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(documented);
  }
}
