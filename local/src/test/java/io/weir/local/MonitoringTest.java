package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the folder {@code monitoring} agree with each other and with the runbook. */
class MonitoringTest {
  private static final Path ROOT = Path.of("..");
  private static final Path GRAFANA = Path.of("monitoring", "grafana");
  private static final int WIDTH = 24;

  private static String read(Path path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> found(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult each) -> each.group(1))
        .toList();
  }

  private static String runbook() {
    return read(Path.of("docs", "runbook.md"));
  }

  private static List<String> entries() {
    return found(runbook(), "^### (Weir\\w+)$");
  }

  private static String rules() {
    return read(Path.of("monitoring", "prometheus", "weir.rules.yml"));
  }

  @Test
  void eachRule_hasItsEntryInTheRunbook_andEachEntryItsRule() {
    assertThat(found(rules(), "- alert: (\\w+)$")).hasSizeGreaterThan(10).isEqualTo(entries());
  }

  @Test
  void eachEntry_saysSymptomCauseAndAction() {
    for (String entry : entries()) {
      String text = runbook();
      int begin = text.indexOf("### " + entry + "\n");
      String body = text.substring(begin, text.indexOf("\n\n", begin));
      assertThat(body).contains("- **Symptom:** ", "- **Cause:** ", "- **Action:** ");
    }
  }

  @Test
  void eachRule_linksToItsEntry_andHasWordsAndASeverity() {
    List<String> blocks = List.of(rules().split("- alert: ")).stream().skip(1).toList();

    for (String block : blocks) {
      String name = block.substring(0, block.indexOf('\n'));
      assertThat(block)
          .contains("/runbook.md#" + name.toLowerCase(Locale.ROOT) + "'")
          .containsPattern("severity: (warning|critical)}")
          .contains(" summary: ", " description: ");
    }
  }

  @Test
  void eachRule_hasAUnitTest() {
    String tests = read(Path.of("monitoring", "prometheus", "weir.rules.test.yml"));

    assertThat(new TreeSet<>(found(tests, "alertname=\"(\\w+)\"")))
        .isEqualTo(new TreeSet<>(entries()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"business", "pipeline", "quality", "lake", "models"})
  void dashboard_isWhole(String name) throws IOException {
    String text = read(GRAFANA.resolve("dashboards").resolve(name + ".json"));
    JsonNode dashboard = new ObjectMapper().readTree(text);

    assertThat(text).doesNotContain("${DS_");
    assertThat(dashboard.path("uid").asText()).isEqualTo("weir-" + name);
    assertThat(dashboard.path("description").asText()).isNotEmpty();
    assertThat(dashboard.path("links").findValuesAsText("url"))
        .contains("${docs}/runbook.md", "${docs}/metrics.md");
    assertThat(dashboard.path("links").findValuesAsText("type")).contains("dashboards");
    var ids = new TreeSet<Integer>();
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      assertThat(panel.path("description").asText()).as(title).endsWith(".");
      assertThat(panel.path("targets")).as(title).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"business", "pipeline", "quality", "lake", "models"})
  void panels_doNotOverlap(String name) throws IOException {
    var taken = new TreeSet<Integer>();
    for (JsonNode panel : panels(name)) {
      JsonNode place = panel.path("gridPos");
      int right = place.path("x").asInt() + place.path("w").asInt();
      assertThat(right).isLessThanOrEqualTo(WIDTH);
      for (int x = place.path("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          int cell = (place.path("y").asInt() + y) * WIDTH + x;
          assertThat(taken.add(cell)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"business", "pipeline", "quality", "lake", "models"})
  void panels_readFromProvisionedSources_andLinkToEntriesOfTheRunbook(String name)
      throws IOException {
    List<String> sources =
        found(
            read(GRAFANA.resolve(Path.of("provisioning", "datasources", "weir.yml"))),
            "- uid: ([\\w-]+)$");
    List<String> anchors = entries().stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();

    for (JsonNode panel : panels(name)) {
      assertThat(sources).contains(panel.path("datasource").path("uid").asText());
      for (String url : panel.path("links").findValuesAsText("url")) {
        assertThat(anchors).contains(url.replace("${docs}/runbook.md#", ""));
      }
    }
  }

  /** The four questions that every project of this kind begins with. */
  @Test
  void business_answersTheUsualQuestions() throws IOException {
    assertThat(StreamSupport.stream(panels("business").spliterator(), false))
        .extracting(panel -> panel.path("title").asText())
        .contains(
            "Daily active visitors",
            "Mean session duration by day",
            "Events per session",
            "Funnel conversion");
  }

  private static JsonNode panels(String name) throws IOException {
    return new ObjectMapper()
        .readTree(read(GRAFANA.resolve("dashboards").resolve(name + ".json")))
        .path("panels");
  }
}
