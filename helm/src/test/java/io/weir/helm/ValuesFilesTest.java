package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of values that come with the chart: Kubernetes takes each object, and they fit. */
class ValuesFilesTest {

  static List<Path> files() {
    return Chart.valuesFiles();
  }

  @ParameterizedTest
  @MethodSource("files")
  void release_ofEachFile_isTakenAndFits(Path file) throws IOException {
    Release release = Release.of(Files.readString(file));

    assertThat(release.pods()).hasSizeGreaterThanOrEqualTo(4);
    release.manifests().forEach(Kubernetes::check);
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void release_ofTheLeastValues_isTakenAndFits() {
    Release release = Release.of(Chart.LEAST);

    release.manifests().forEach(Kubernetes::check);
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void release_withALongName_fits() {
    Release release =
        new Release(
            Chart.render(
                "r".repeat(53), Chart.LEAST + "streamApp: {goals: '[]'}\naudit: {enabled: true}"));

    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void files_areThoseOfTheDocumentation() {
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "confluent.yaml",
            "demo.yaml",
            "event-hubs.yaml",
            "kafka.yaml",
            "msk.yaml",
            "strimzi.yaml");
  }
}
