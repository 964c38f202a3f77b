package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey.Subject;
import io.weir.stream.gold.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The file of dbt's semantic layer is made from the definitions of the metrics. */
class DbtMetricsTest {
  private static final Path FILE = Path.of("../bi/dbt/models/weir_metrics.yml");
  private static final String HEAD =
      """
      # Made from io.weir.stream.query.metrics.Metrics; DbtMetricsTest holds this file equal to it.
      version: 2
      models:
        - name: weir_days
          time_spine:
            standard_granularity_column: date_day
          columns:
            - name: date_day
              granularity: day
      semantic_models:
        - name: revenue_of_day
          model: ref('weir_revenue_daily')
          defaults: {agg_time_dimension: revenue_day}
          entities:
            - {name: revenue_row, type: primary, expr: "day::text || currency"}
          dimensions:
            - {name: revenue_day, type: time, expr: day, type_params: {time_granularity: day}}
            - {name: currency, type: categorical}
          measures:
            - {name: revenue, agg: sum}
        - name: sessions_of_day
          model: ref('weir_sessions_daily')
          defaults: {agg_time_dimension: session_day}
          entities:
            - {name: session_day_row, type: primary, expr: day}
          dimensions:
            - {name: session_day, type: time, expr: day, type_params: {time_granularity: day}}
          measures:
      """;

  /** The measures by name, with the names of the metrics that are their sums. */
  private final TreeMap<String, String> sums = new TreeMap<>();

  private final StringBuilder metrics = new StringBuilder("metrics:\n");

  private String text() {
    List<MetricDefinition> known =
        Metrics.all().stream().filter(metric -> metric.subject() == Subject.SESSIONS).toList();
    for (MetricDefinition metric : known) {
      if (metric.formula() instanceof Formula.Sum(Measure of)) {
        sums.put(of.field(), metric.name());
      }
    }
    known.forEach(this::add);
    var measures = new StringBuilder();
    sums.keySet()
        .forEach(name ->
            measures.append(
                "      - {name: measure_%s, agg: sum, expr: %s}%n".formatted(name, name)));
    return HEAD + measures + metrics;
  }

  private void add(MetricDefinition metric) {
    switch (metric.formula()) {
      case Formula.Sum(Measure of) ->
          simple(metric.name(), metric.sentence(), "measure_" + of.field());
      case Formula.Ratio(Measure above, Measure below, int divisor) ->
          ratio(metric, above, below, divisor);
      case Formula.Share(Measure above, Measure below) -> ratio(metric, above, below, 1);
      case Formula.Money(Formula.Amount of) -> {
        if (of == Formula.Amount.REVENUE) {
          simple(metric.name(), metric.sentence() + " Group it by currency.", "revenue");
        }
      }
      case Formula.RowMean _ -> {
        // The models of days have no such column.
      }
      case Formula.Visitors _ -> {
        // A number of distinct visitors is no sum of days.
      }
    }
  }

  private void ratio(MetricDefinition metric, Measure above, Measure below, int divisor) {
    String upper = sum(above);
    String lower = sum(below);
    head(metric.name(), metric.sentence(), "derived");
    metrics.append(
        """
              expr: 1.0 * %s / nullif(%s, 0)%s
              metrics: [{name: %1$s}, {name: %2$s}]
        """
            .formatted(upper, lower, divisor == 1 ? "" : " / " + divisor));
  }

  private String sum(Measure of) {
    if (!sums.containsKey(of.field())) {
      String name = "session_" + of.field();
      sums.put(of.field(), name);
      simple(name, "Part of ratios.", "measure_" + of.field());
    }
    return sums.get(of.field());
  }

  private void simple(String name, String sentence, String measure) {
    head(name, sentence, "simple");
    metrics.append("      measure: {name: %s}%n".formatted(measure));
  }

  private void head(String name, String sentence, String type) {
    metrics.append(
        """
          - name: %s
            label: %1$s
            description: "%s"
            type: %s
            type_params:
        """
            .formatted(name, sentence, type));
  }

  @Test
  void file_isMadeFromTheDefinitions() throws IOException {
    String expected = text();

    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("bi/dbt/models/weir_metrics.yml is:\n" + expected)
        .isEqualTo(expected);
  }
}
