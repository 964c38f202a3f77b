package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The chart hands over the files of the folder monitoring, as they are. */
class MonitoringFilesTest {
  private static final Path MONITORING = Path.of("..", "monitoring");
  private static final Path RULES = MONITORING.resolve("prometheus/weir.rules.yml");

  private static final Release RELEASE =
      Release.of(
          Chart.LEAST
              + """
              monitoring:
                podMonitors: {enabled: true, labels: {release: prometheus}}
                rules: {enabled: true, labels: {release: prometheus}}
                dashboards: {enabled: true, annotations: {folder: Weir}}
              """);

  @Test
  void objects_areTakenByTheirOperators() {
    RELEASE.manifests().forEach(Kubernetes::check);

    assertThat(Problems.of(RELEASE)).isEmpty();
    assertThat(RELEASE.get("PrometheusRule", "shop-weir").labels())
        .containsEntry("release", "prometheus");
  }

  @Test
  void rules_areThoseOfTheFile() throws IOException {
    Object file = new Yaml().load(Files.readString(RULES));

    assertThat(RELEASE.get("PrometheusRule", "shop-weir").at("spec")).isEqualTo(file);
  }

  @Test
  void dashboards_areThoseOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(MONITORING.resolve("grafana/dashboards"))) {
      List<Path> dashboards = files.toList();
      assertThat(dashboards).isNotEmpty();
      for (Path file : dashboards) {
        String name = file.getFileName().toString();
        Manifest map = RELEASE.get("ConfigMap", "shop-weir-" + name.replace(".json", ""));
        assertThat(map.labels()).containsEntry("grafana_dashboard", "1");
        assertThat(Manifest.texts(map.at("data")))
            .containsEntry("weir-" + name, Files.readString(file).stripTrailing());
      }
    }
  }

  /** With TLS, Prometheus of docker-compose.yml asks the management ports. */
  @Test
  void fileForTls_isTheSameAtManagementPorts() throws IOException {
    Path folder = MONITORING.resolve("prometheus");
    String usual = Files.readString(folder.resolve("prometheus.yml"));
    Object expected = new Yaml().load(usual.replace(":818", ":819"));
    Object found = new Yaml().load(Files.readString(folder.resolve("management.yml")));

    assertThat(found).isEqualTo(expected);
    assertThat(Files.readString(Path.of("..", "docs", "docker.md")))
        .contains("--config.file=/etc/prometheus/management.yml");
  }

  /** The operator gives the series of a PodMonitor the job NAMESPACE/NAME. */
  @Test
  void jobs_areThoseThatTheRulesLookFor() throws IOException {
    Matcher matcher = Pattern.compile("job=~\"([^\"]+)\"").matcher(Files.readString(RULES));
    assertThat(matcher.find()).isTrue();

    assertThat(RELEASE.kind("PodMonitor"))
        .hasSize(3)
        .allMatch(each -> ("web/" + each.name()).matches(matcher.group(1)));
  }
}
