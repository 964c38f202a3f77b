package io.weir.helm;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * kube-score finds nothing in the chart. Only {@code helm/score} runs it, which has the program.
 */
class ScoreIT {
  private static final String PROGRAM = System.getProperty("weir.kube-score", "");

  /** What no file of values switches on. */
  private static final String MORE =
      """
      simulator: {enabled: true}
      training: {enabled: true}
      drift: {enabled: true}
      alerts: {enabled: true, rules: "{}", url: "https://example.com/hook", secret: {name: hook}}
      """;

  @TempDir Path folder;

  static List<Path> files() {
    return Chart.valuesFiles();
  }

  @BeforeAll
  static void program() {
    Assumptions.assumeFalse(PROGRAM.isEmpty(), "only helm/score runs kube-score");
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothing_isToBeSaidOfAFileOfValues(Path file) throws IOException, InterruptedException {
    assertThat(findings(Files.readString(file))).isEmpty();
  }

  @Test
  void nothing_isToBeSaidOfWhatElseThereIs() throws IOException, InterruptedException {
    assertThat(findings(Files.readString(Chart.valuesFile("kafka")) + MORE)).isEmpty();
  }

  /** What is ignored is ignored by its name only. */
  @Test
  void containerWithoutMemory_isFound() throws IOException, InterruptedException {
    String values = Chart.LEAST + "lakeSink: {resources: {limits: {memory: null}}}\n";

    assertThat(findings(values)).singleElement().asString().contains("Memory limit is not set");
  }

  private List<String> findings(String values) throws IOException, InterruptedException {
    Release release = Release.withTest(folder, values);
    Stream<String> objects =
        release.manifests().stream().map(each -> new Yaml().dump(each.whole()));
    Path file = Files.writeString(folder.resolve("objects"), objects.collect(joining("---\n")));
    Cli.Answer answer =
        Cli.run(
            "",
            List.of(
                PROGRAM,
                "score",
                "--kubernetes-version=v1.27",
                "--ignore-container-cpu-limit",
                "--output-format=ci",
                file.toString()));
    assertThat(answer.text()).contains("[OK] shop-weir-lake-sink apps/v1/Deployment");
    return answer
        .text()
        .lines()
        .filter(line -> !line.startsWith("[OK]") && !line.startsWith("[SKIPPED]"))
        .toList();
  }
}
