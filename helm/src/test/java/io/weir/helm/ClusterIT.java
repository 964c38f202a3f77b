package io.weir.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The chart on a real API server, in namespaces that enforce the pod security standard
 * "restricted". Only {@code ./weir cluster-test} runs it, on the cluster that KUBECONFIG names.
 */
class ClusterIT {
  private static final Path CONFIG =
      Path.of(System.getenv().getOrDefault("KUBECONFIG", "no KUBECONFIG"));
  private static final Path CRDS = Path.of("src", "test", "resources", "crds");

  private final String namespace = "weir-test-" + Long.toString(System.nanoTime(), 36);

  @TempDir Path folder;

  static List<Path> files() {
    return Chart.valuesFiles();
  }

  @BeforeAll
  static void definitions() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Boolean.getBoolean("weir.cluster"), "only ./weir cluster-test looks at a cluster");
    succeeds("apply", "--server-side", "-f", CRDS.toString());
    succeeds("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
  }

  @BeforeEach
  void namespace() throws IOException, InterruptedException {
    succeeds("create", "namespace", namespace);
    succeeds("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    succeeds("delete", "namespace", namespace, "--wait=false");
  }

  @ParameterizedTest
  @MethodSource("files")
  void release_isInstalledUpgradedAndTakenBack(Path file) throws IOException, InterruptedException {
    String values = Files.readString(file);

    Path chart = copy("this");
    install(chart, values);
    assertThat(generation()).isEqualTo("1");
    String keys = keys();
    podsAreTaken(values);

    Path next = nextVersion();
    upgrade(next, values);
    assertThat(generation()).as("a new version of the chart alone").isEqualTo("1");
    upgrade(next, values.replace("streamApp:", "streamApp:\n  sessionTimeout: 30s"));
    assertThat(generation()).isEqualTo("2");
    upgrade(chart, values);
    assertThat(generation()).isEqualTo("3");
    assertThat(keys()).as("the keys of an installation").isEqualTo(keys);
    Helm.uninstall(Chart.RELEASE).withNamespace(namespace).withKubeConfig(CONFIG).call();
    assertThat(Kubectl.run("get", "-n", namespace, "all,cm,netpol,pdb", "-o", "name").text())
        .doesNotContain("shop-weir");
  }

  @Test
  void whatOnlyAServerKnows_isRefused() throws IOException {
    Path chart = copy("broken");
    Path templates = chart.resolve("templates/_helpers.tpl");
    Files.writeString(
        templates,
        Files.readString(templates).replaceFirst("port: \\{\\{ index . 2 }}", "port: 0"));

    assertThatThrownBy(() -> install(chart, Chart.LEAST))
        .hasMessageContaining("spec.ports[0].port");
  }

  @Test
  void podThatMayDoMore_isRefused() throws IOException, InterruptedException {
    Manifest pod = Release.of(Chart.LEAST).pod("Deployment", "shop-weir-lake-sink");
    Map<Object, Object> spec = new HashMap<>((Map<?, ?>) pod.at("spec"));
    spec.remove("securityContext");

    Kubectl.Answer answer = Kubectl.wouldTake(namespace, pod(pod, spec));

    assertThat(answer.isOk()).isFalse();
    assertThat(answer.text()).contains("violates PodSecurity \"restricted");
  }

  /** Controllers may be missing, so the pods of all templates are offered to the server. */
  private void podsAreTaken(String values) throws IOException, InterruptedException {
    var refused = new TreeMap<String, String>();
    for (Manifest pod : Release.of(values).pods()) {
      Map<Object, Object> spec = new HashMap<>((Map<?, ?>) pod.at("spec"));
      spec.put("volumes", volumes(pod));
      Kubectl.Answer answer = Kubectl.wouldTake(namespace, pod(pod, spec));
      if (!answer.isOk()) {
        refused.put(pod.title(), answer.text());
      }
    }
    assertThat(refused).isEmpty();
  }

  /** The claims of a StatefulSet are volumes of its pods. */
  private static List<Object> volumes(Manifest pod) {
    var volumes = new ArrayList<Object>((List<?>) pod.at("spec.volumes"));
    boolean isClaimed =
        pod.isKind("StatefulSet")
            && pod.all("spec.volumes").stream()
                .noneMatch(volume -> "state".equals(volume.get("name")));
    if (isClaimed) {
      volumes.add(Map.of("name", "state", "persistentVolumeClaim", Map.of("claimName", "state")));
    }
    return volumes;
  }

  private static Map<String, Object> pod(Manifest pod, Map<?, ?> spec) {
    Object labels = pod.at("metadata.labels");
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Pod",
        "metadata",
        Map.of("name", "offered", "labels", labels),
        "spec",
        spec);
  }

  /** Those that the chart made, or nothing. */
  private String keys() throws IOException, InterruptedException {
    return Kubectl.run(
            "get",
            "-n",
            namespace,
            "secret",
            "shop-weir-http-keys",
            "--ignore-not-found",
            "-o",
            "jsonpath={.data}")
        .text();
  }

  private String generation() throws IOException, InterruptedException {
    return Kubectl.run(
            "get",
            "-n",
            namespace,
            "statefulset",
            "shop-weir-stream-app",
            "-o",
            "jsonpath={.metadata.generation}")
        .text();
  }

  /** Another version of the chart. */
  private Path nextVersion() throws IOException {
    Path chart = copy("next");
    Path file = chart.resolve("Chart.yaml");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\nversion: .*", "\nversion: 9.0.0"));
    return chart;
  }

  private Path copy(String name) throws IOException {
    return Chart.copy(Files.createDirectory(folder.resolve(name)));
  }

  private void install(Path chart, String values) throws IOException {
    new Helm(chart)
        .install()
        .withName(Chart.RELEASE)
        .withNamespace(namespace)
        .withKubeConfig(CONFIG)
        .withValuesFile(file(values))
        .call();
  }

  private void upgrade(Path chart, String values) throws IOException {
    new Helm(chart)
        .upgrade()
        .withName(Chart.RELEASE)
        .withNamespace(namespace)
        .withKubeConfig(CONFIG)
        .withValuesFile(file(values))
        .call();
  }

  private Path file(String values) throws IOException {
    return Files.writeString(folder.resolve("values.yaml"), values, UTF_8);
  }

  private static void succeeds(String... arguments) throws IOException, InterruptedException {
    Kubectl.Answer answer = Kubectl.run(arguments);
    assertThat(answer.code()).as(answer.text()).isZero();
  }
}
