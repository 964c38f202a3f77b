package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final Path CRDS = Path.of("src", "test", "resources", "crds");
  private static final String STREAM = Cluster.NAME + "stream-app";

  @TempDir Path folder;
  private Cluster cluster;

  static List<Path> files() {
    return Chart.valuesFiles();
  }

  @BeforeAll
  static void definitions() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Boolean.getBoolean("weir.cluster"), "only ./weir cluster-test looks at a cluster");
    Cluster.succeeds("apply", "--server-side", "-f", CRDS.toString());
    Cluster.succeeds("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
  }

  @BeforeEach
  void namespace() throws IOException, InterruptedException {
    cluster = Cluster.start("weir-test-", folder);
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    cluster.end();
  }

  @ParameterizedTest
  @MethodSource("files")
  void release_isInstalledUpgradedAndTakenBack(Path file) throws IOException, InterruptedException {
    String values = Files.readString(file);

    cluster.install(values);
    String pod = pod();
    String keys = keys();
    podsAreTaken(values);

    Cluster next = cluster.with(Chart.version(folder, "9.0.0"));
    next.upgrade(values);
    assertThat(pod()).as("a new version of the chart alone").isEqualTo(pod);
    next.upgrade(values.replace("streamApp:", "streamApp:\n  sessionTimeout: 30s"));
    assertThat(pod()).isNotEqualTo(pod).contains("30s");
    cluster.upgrade(values);
    assertThat(pod()).isEqualTo(pod);
    assertThat(keys()).as("the keys of an installation").isEqualTo(keys);
    cluster.uninstall();
    Cluster.await("nothing left, where pods end", Duration.ofMinutes(2), this::isEmpty);
  }

  private boolean isEmpty() throws IOException, InterruptedException {
    return !cluster.kubectl("get", "all,cm,netpol,pdb", "-o", "name").contains("shop-weir");
  }

  /** The way back of Helm itself, which renders nothing: it applies what it has stored. */
  @ParameterizedTest
  @MethodSource("files")
  void release_isRolledBack(Path file) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Cli.isThere("helm"), "there is no program helm, which rolls back");
    var rollback = new Rollback(cluster, Rollback.before(folder), file);

    rollback.install();
    Rollback.Seen first = rollback.see();
    rollback.upgrade();
    Rollback.Seen second = rollback.see();
    rollback.back(1);

    assertThat(second.specs()).isNotEqualTo(first.specs());
    assertThat(rollback.see()).as("after the way back").isEqualTo(first);
    assertThat(second.claims()).as("claims of an upgrade").isEqualTo(first.claims());
    rollback.back(2);
    assertThat(rollback.see()).as("after the way forward").isEqualTo(second);
    assertThat(rollback.history())
        .containsExactly("superseded", "superseded", "superseded", "deployed");
    System.out.printf(
        "%s: %d objects and %d claims the same after a rollback%n",
        file.getFileName(), first.specs().size(), first.claims().size());
  }

  @Test
  void whatOnlyAServerKnows_isRefused() throws IOException {
    Path templates = cluster.chart().resolve("templates/_helpers.tpl");
    Files.writeString(
        templates,
        Files.readString(templates).replaceFirst("port: \\{\\{ index . 2 }}", "port: 0"));

    assertThatThrownBy(() -> cluster.install(Chart.LEAST))
        .hasMessageContaining("spec.ports[0].port");
  }

  @Test
  void podThatMayDoMore_isRefused() throws IOException, InterruptedException {
    Manifest pod = Release.of(Chart.LEAST).pod("Deployment", "shop-weir-lake-sink");
    Map<Object, Object> spec = new HashMap<>((Map<?, ?>) pod.at("spec"));
    spec.remove("securityContext");
    spec.put("serviceAccountName", "default");

    Cli.Answer answer = Kubectl.wouldTake(cluster.namespace(), pod(pod, spec));

    assertThat(answer.isOk()).isFalse();
    assertThat(answer.text()).contains("violates PodSecurity \"restricted");
  }

  /** Controllers may be missing, so the pods of all templates are offered to the server. */
  private void podsAreTaken(String values) throws IOException, InterruptedException {
    var refused = new TreeMap<String, String>();
    for (Manifest pod : Release.of(values).pods()) {
      Map<Object, Object> spec = new HashMap<>((Map<?, ?>) pod.at("spec"));
      spec.put("volumes", volumes(pod));
      Cli.Answer answer = Kubectl.wouldTake(cluster.namespace(), pod(pod, spec));
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
    return cluster.kubectl(
        "get",
        "secret",
        Cluster.NAME + "http-keys",
        "--ignore-not-found",
        "-o",
        "jsonpath={.data}");
  }

  /** What stream-app's pods are made of; how many there are, a scaler decides. */
  private String pod() throws IOException, InterruptedException {
    return cluster.kubectl("get", "statefulset", STREAM, "-o", "jsonpath={.spec.template}");
  }
}
