package io.weir.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files of examples/: they name what the chart has, and the chart takes what they say. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");
  private static final Path AIRFLOW = EXAMPLES.resolve("airflow");
  private static final Pattern CRON_JOB = Pattern.compile("f\"\\{NAME}(-[a-z-]+)\"");

  @Test
  void argoCd_rendersTheChart() throws IOException {
    Object application = read(EXAMPLES.resolve("argo-cd/application.yaml"));
    Object helm = requireNonNull(Manifest.find(application, "spec.source.helm"));
    Path chart = Path.of("..", String.valueOf(Manifest.find(application, "spec.source.path")));
    Map<String, Object> values = new LinkedHashMap<>();
    for (Object file : (List<?>) requireNonNull(Manifest.find(helm, "valueFiles"))) {
      merge(values, read(chart.resolve(file.toString())));
    }
    merge(values, (Map<?, ?>) requireNonNull(Manifest.find(helm, "valuesObject")));

    var release = new Release(Chart.render("weir", new Yaml().dump(values)));

    assertThat(chart.resolve("Chart.yaml")).exists();
    // What it does not compare, a change in Git would not reach.
    assertThat(Manifest.find(application, "spec.ignoreDifferences")).isNull();
    assertThat(Problems.of(release)).isEmpty();
    assertThat(String.valueOf(release.pod("StatefulSet", "weir-stream-app").whole()))
        .contains("name=http-keys,");
    // A Secret with random keys would never be equal to what is in the cluster.
    assertThat(release.kind("Secret")).isEmpty();
    assertThat(release.kind("Job").toList())
        .allMatch(job -> "Sync".equals(annotation(job, "argocd.argoproj.io/hook")));
  }

  @Test
  void airflow_startsEachJobThatTheChartNoLongerStarts() throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    merge(values, read(Chart.valuesFile("kafka")));
    merge(values, read(AIRFLOW.resolve("values.yaml")));

    Release release = Release.of(new Yaml().dump(values));
    List<String> named =
        CRON_JOB
            .matcher(Files.readString(AIRFLOW.resolve("weir_nightly.py")))
            .results()
            .map(found -> "shop-weir" + found.group(1))
            .toList();

    assertThat(release.kind("CronJob"))
        .allMatch(job -> Boolean.TRUE.equals(job.at("spec.suspend")));
    assertThat(release.kind("CronJob").map(Manifest::name))
        .containsExactlyInAnyOrderElementsOf(named);
    assertThat(release.pod("Deployment", "shop-weir-lake-sink").plain())
        .containsEntry("WEIR_SINK_MAINTENANCE_INTERVAL", "0s");
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void airflowRights_areObjectsThatKubernetesKnows() throws IOException {
    String text = Files.readString(AIRFLOW.resolve("rights.yaml"));

    for (Object each : new Yaml().loadAll(text)) {
      Kubernetes.check(new Manifest((Map<?, ?>) each));
    }
  }

  /** Their own tests, with stand-ins for the packages of Airflow and Kubernetes. */
  @Test
  void airflowTasks_doWhatTheyShould() throws IOException, InterruptedException {
    assumeTrue(isThere("python3"), "python3 is not installed");
    Process tests =
        new ProcessBuilder("python3", "-B", "-m", "unittest")
            .directory(AIRFLOW.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(tests.getInputStream().readAllBytes(), UTF_8);

    assertThat(tests.waitFor()).as(output).isZero();
  }

  private static Object annotation(Manifest manifest, String name) {
    return Manifest.find(manifest.whole(), "metadata.annotations") instanceof Map<?, ?> all
        ? String.valueOf(all.get(name))
        : "";
  }

  private static Map<?, ?> read(Path file) throws IOException {
    return new Yaml().load(Files.readString(file));
  }

  /** As Helm does with several sources of values: maps are merged, all else is replaced. */
  @SuppressWarnings("unchecked")
  private static void merge(Map<String, Object> values, Map<?, ?> more) {
    more.forEach((key, value) -> {
      if (value instanceof Map<?, ?> below && values.get(key) instanceof Map<?, ?> own) {
        merge((Map<String, Object>) own, below);
      } else {
        values.put((String) key, value);
      }
    });
  }

  static boolean isThere(String program) {
    return Pattern.compile(Pattern.quote(java.io.File.pathSeparator))
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
