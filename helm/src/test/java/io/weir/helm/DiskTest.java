package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The room of pods on the disk of their node. */
class DiskTest {
  /** What is left for logs: five files of the size that most clusters keep. */
  private static final BigDecimal LOGS = new BigDecimal(256 << 20);

  @TempDir Path folder;

  static List<Path> files() {
    return Chart.valuesFiles();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyPod_mayFillItsFolders(Path file) throws IOException {
    for (Manifest pod : Release.withTest(folder, Files.readString(file)).pods()) {
      BigDecimal folders = BigDecimal.ZERO;
      for (var volume : pod.all("spec.volumes")) {
        Object size = Manifest.find(volume, "emptyDir.sizeLimit");
        folders = folders.add(size == null ? BigDecimal.ZERO : number(size));
      }
      BigDecimal logs = pod.isKind("Pod") ? BigDecimal.ZERO : LOGS; // the test prints few lines
      assertThat(number(pod.at("spec.containers.0.resources.limits.ephemeral-storage")))
          .as(pod.title())
          .isGreaterThanOrEqualTo(folders.add(logs));
      assertThat(number(pod.at("spec.containers.0.resources.requests.ephemeral-storage")))
          .as(pod.title())
          .isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"1Mi, 513Mi", "1.5Gi, 2048Mi", "1025Ki, 514Mi", "2G, 2420Mi", "1, 513Mi"})
  void size_isRoundedUpToMebibytes(String size, String limit) {
    Release release = Release.of(Chart.LEAST + "lakeSink: {tmpSize: '" + size + "'}\n");

    assertThat(limit(release, "lake-sink")).isEqualTo(limit);
  }

  @Test
  void stateWithoutAClaim_countsToo() {
    String values = Chart.LEAST + "streamApp: {persistence: {enabled: false, size: 3Gi}}\n";

    assertThat(Release.of(values).get("StatefulSet", "shop-weir-stream-app").pod())
        .extracting(pod -> pod.at("spec.containers.0.resources.limits.ephemeral-storage"))
        .isEqualTo("3840Mi");
  }

  @Test
  void valueOfTheUser_stays() {
    String values =
        Chart.LEAST + "lakeSink: {resources: {limits: {ephemeral-storage: 7Gi, cpu: '2'}}}\n";
    Release release = Release.of(values);

    assertThat(limit(release, "lake-sink")).isEqualTo("7Gi");
    assertThat(release.pod("Deployment", "shop-weir-lake-sink"))
        .extracting(pod -> pod.at("spec.containers.0.resources.limits.cpu"))
        .isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource({"requests, 2Gi, limits", "limits, 200Mi, requests"})
  void halfOfTheUser_isNotContradicted(String half, String size, String other) {
    String values = "lakeSink: {resources: {" + half + ": {ephemeral-storage: " + size + "}}}\n";
    Manifest pod = Release.of(Chart.LEAST + values).pod("Deployment", "shop-weir-lake-sink");

    assertThat(pod.at("spec.containers.0.resources." + half + ".ephemeral-storage"))
        .isEqualTo(size);
    assertThat(pod.find("spec.containers.0.resources." + other + ".ephemeral-storage")).isNull();
  }

  @ParameterizedTest
  @MethodSource("files")
  void nodesThatDoNotCountIt_areNotAsked(Path file) throws IOException {
    String values = Files.readString(file) + "\ndiskRequests: false\n";

    assertThat(Release.withTest(folder, values).pods())
        .isNotEmpty()
        .allSatisfy(pod ->
            assertThat(pod.at("spec.containers.0.resources").toString())
                .as(pod.title())
                .doesNotContain("ephemeral-storage"));
  }

  private static Object limit(Release release, String service) {
    return release
        .pod("Deployment", "shop-weir-" + service)
        .at("spec.containers.0.resources.limits.ephemeral-storage");
  }

  private static BigDecimal number(Object quantity) {
    return Quantity.fromString(String.valueOf(quantity)).getNumber();
  }
}
