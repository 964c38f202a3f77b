package io.weir.sink.bi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.sink.bi.Definitions.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the files of bi/superset say about each other, and docs/metrics.md about their formulas. */
class SupersetBundleTest {
  private final SupersetBundle bundle = SupersetBundle.read();

  SupersetBundleTest() throws IOException {}

  @Test
  void metrics_haveTheFormulasOfTheDefinitions() throws IOException {
    Definitions definitions = Definitions.read();
    int known = 0;
    for (JsonNode dataset : bundle.datasets()) {
      boolean isOfSessions = dataset.path("sql").asText().contains("bi.sessions_daily");
      for (JsonNode metric : dataset.path("metrics")) {
        String name = metric.path("metric_name").asText();
        Metric definition = definitions.metrics().get(name);
        if (definition != null && (isOfSessions || !name.equals("sessions"))) {
          assertThat(metric.path("expression").asText()).as(name).isEqualTo(definition.sql());
          known++;
        }
        assertThat(metric.path("expression").asText()).as(name).doesNotContain("avg(");
      }
    }
    assertThat(known).isGreaterThan(30);
  }

  /** The columns that a query reads: those it groups by, filters and orders by. */
  private static List<String> columns(JsonNode query) {
    var columns = new ArrayList<>(SupersetBundle.texts(query.path("filters"), "col"));
    for (JsonNode column : query.path("columns")) {
      columns.add(column.isTextual() ? column.asText() : column.path("sqlExpression").asText());
    }
    return columns;
  }

  @Test
  void charts_nameColumnsAndMetricsOfTheirDataset() throws IOException {
    for (JsonNode chart : bundle.charts()) {
      String title = chart.path("slice_name").asText();
      JsonNode dataset = bundle.dataset(chart);
      JsonNode query = SupersetBundle.query(chart);
      JsonNode params = chart.path("params");
      List<String> metrics = SupersetBundle.texts(query.path("metrics"));

      assertThat(SupersetBundle.texts(dataset.path("metrics"), "metric_name"))
          .as(title)
          .containsAll(metrics);
      assertThat(SupersetBundle.texts(dataset.path("columns"), "column_name"))
          .as(title)
          .containsAll(columns(query));
      assertThat(
              SupersetBundle.texts(
                  params.has("metric") ? params.get("metric") : params.path("metrics")))
          .as(title)
          .isEqualTo(metrics);
      assertThat(columns(query))
          .as(title)
          .containsAll(SupersetBundle.texts(params.path("groupby")))
          .containsAll(SupersetBundle.texts(params.path("adhoc_filters"), "subject"))
          .containsAll(SupersetBundle.texts(params.path("x_axis")));
    }
  }

  /** A session is in each dimension once, so a chart of them chooses one. */
  @Test
  void chartsOfBreakdowns_chooseOneDimension() throws IOException {
    int found = 0;
    for (JsonNode chart : bundle.charts()) {
      if (bundle.dataset(chart).path("table_name").asText().equals("weir_breakdowns")) {
        assertThat(SupersetBundle.texts(SupersetBundle.query(chart).path("filters"), "col"))
            .contains("dimension");
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void dashboard_showsEachChartOnce() {
    var shown = new ArrayList<String>();
    for (JsonNode place : bundle.dashboard().path("position")) {
      if (place.path("type").asText().equals("CHART")) {
        shown.add(place.path("meta").path("uuid").asText());
      }
    }

    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            bundle.charts().stream().map(one -> one.path("uuid").asText()).toList());
    assertThat(new HashSet<>(shown)).hasSameSizeAs(shown);
  }
}
