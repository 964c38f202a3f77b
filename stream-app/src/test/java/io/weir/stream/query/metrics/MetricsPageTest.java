package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The registry and its page in the documentation. */
class MetricsPageTest {
  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final Pattern ROW = Pattern.compile("\\| `\\w+` \\| .* \\| `(sum|avg)\\(.*");

  @Test
  void table_isThatOfTheRegistry() throws IOException {
    List<String> written =
        Files.readAllLines(PAGE).stream().filter(line -> ROW.matcher(line).matches()).toList();
    List<String> rows = Metrics.all().stream().map(MetricsPageTest::row).toList();

    assertThat(written)
        .as("docs/metrics.md has these rows:\n" + String.join("\n", rows))
        .containsExactlyElementsOf(rows);
  }

  private static String row(MetricDefinition metric) {
    return "| `%s` | %s | `%s` | %s |"
        .formatted(metric.name(), metric.sentence(), metric.formula().text(), metric.unit());
  }

  @Test
  void names_areUnique() {
    assertThat(Metrics.all().stream().map(MetricDefinition::name)).doesNotHaveDuplicates();
  }

  @Test
  void dimensions_areListed() throws IOException {
    String page = Files.readString(PAGE);

    for (MetricDefinition metric : Metrics.all()) {
      assertThat(page)
          .contains(
              "| `%s` | `%s` |"
                  .formatted(
                      metric.subject().code(), String.join("`, `", metric.dimensionNames())));
    }
  }
}
