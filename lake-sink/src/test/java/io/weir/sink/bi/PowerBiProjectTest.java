package io.weir.sink.bi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.sink.bi.Definitions.Metric;
import io.weir.sink.bi.PowerBiModel.Measure;
import io.weir.sink.bi.PowerBiModel.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the files of bi/powerbi say about each other, and docs/metrics.md about their formulas. */
class PowerBiProjectTest {
  private static final Pattern COLUMN = Pattern.compile("'([^']+)'\\[(\\w+)]");
  private static final Pattern MEASURE = Pattern.compile("(?<!['\\w])\\[([^]]+)]");
  private static final Pattern SIDE =
      Pattern.compile("\tfromColumn: ('[^']+'|\\w+)\\.(\\w+)\n\ttoColumn: (\\w+)\\.(\\w+)\n");

  private final PowerBiModel model = PowerBiModel.read();

  PowerBiProjectTest() throws IOException {}

  private void hasColumn(String table, String column, String where) {
    assertThat(model.columns(table)).as(where).contains(column);
  }

  private static List<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  @Test
  void measures_nameColumnsAndMeasuresOfTheModel() {
    assertThat(model.measures()).hasSizeGreaterThan(40);
    model
        .measures()
        .forEach((name, measure) -> {
          for (MatchResult one : found(COLUMN, measure.dax())) {
            hasColumn(one.group(1), one.group(2), name);
          }
          for (MatchResult one : found(MEASURE, measure.dax())) {
            assertThat(model.measures()).as(name).containsKey(one.group(1));
          }
          assertThat(measure.dax()).as(name).doesNotContain("AVERAGE");
        });
  }

  @Test
  void measures_haveTheFormulasOfTheDefinitions() throws IOException {
    int known = 0;
    for (Map.Entry<String, Metric> one : Definitions.read().metrics().entrySet()) {
      String name = one.getKey().replace('_', ' ');
      Metric metric = one.getValue();
      Measure plain = model.measures().get(name);
      Measure broken = model.measures().get(name + " by value");
      if (plain != null && !metric.formula().matches(".*( by | over ).*")) {
        String table = plain.dax().contains("'Ads'") ? "Ads" : "Sessions";
        assertThat(plain).isEqualTo(new Measure(metric.meaning(), metric.dax(table)));
        known++;
      }
      if (broken != null) {
        assertThat(broken.dax())
            .isEqualTo(
                "IF(HASONEVALUE('Breakdowns'[dimension]), " + metric.dax("Breakdowns") + ")");
        known++;
      }
    }
    assertThat(known).isGreaterThan(30);
  }

  @Test
  void relationships_leadFromEveryTableToTheDays() {
    var tables = new ArrayList<String>();
    for (MatchResult one : found(SIDE, model.relationships())) {
      tables.add(PowerBiModel.bare(one.group(1)));
      hasColumn(tables.getLast(), one.group(2), "from");
      hasColumn(one.group(3), one.group(4), "to");
    }

    assertThat(tables)
        .containsExactlyInAnyOrderElementsOf(
            model.tables().entrySet().stream()
                .filter(one -> !one.getValue().reads().isEmpty())
                .map(Map.Entry::getKey)
                .toList());
  }

  @Test
  void columns_areReadFromTheirRelation() {
    for (Table table : model.tables().values()) {
      if (!table.reads().isEmpty()) {
        assertThat(table.reads().stream().map(PowerBiModel.Read::column).toList())
            .containsAll(table.sources());
      }
    }
  }

  @Test
  void visuals_showFieldsOfTheModel() throws IOException {
    int found = 0;
    try (Stream<Path> files = Files.walk(PowerBiModel.FOLDER.resolve("Weir.Report"))) {
      for (Path file : files.filter(one -> one.endsWith("visual.json")).toList()) {
        JsonNode visual = new ObjectMapper().readTree(file.toFile());
        assertThat(file.toString()).endsWith("/" + visual.path("name").asText() + "/visual.json");
        for (JsonNode field : visual.findValues("field")) {
          JsonNode one = field.elements().next();
          String table = one.path("Expression").path("SourceRef").path("Entity").asText();
          String property = one.path("Property").asText();
          if (field.has("Measure")) {
            assertThat(table).isEqualTo("Metrics");
            assertThat(model.measures()).as(file.toString()).containsKey(property);
          } else {
            hasColumn(table, property, file.toString());
          }
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(40);
  }

  @Test
  void pages_areThoseOfTheOrder() throws IOException {
    Path pages = PowerBiModel.FOLDER.resolve("Weir.Report/definition/pages");
    JsonNode order = new ObjectMapper().readTree(pages.resolve("pages.json").toFile());
    try (Stream<Path> folders = Files.list(pages).filter(Files::isDirectory)) {
      assertThat(folders.map(one -> one.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(SupersetBundle.texts(order.path("pageOrder")));
    }
  }
}
