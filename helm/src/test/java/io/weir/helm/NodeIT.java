package io.weir.helm;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The chart on real nodes, in a namespace that enforces the standard "restricted": its pods run,
 * die, move, are upgraded and taken back while events flow. Only {@code ./weir cluster-test} runs
 * it, where a node is ready and WEIR_CLUSTER_IMAGES says which images it has. What it sees is
 * printed.
 */
class NodeIT {
  private static final String IMAGES = System.getenv().getOrDefault("WEIR_CLUSTER_IMAGES", "");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String STREAM = Cluster.NAME + "stream-app";
  private static final String SCORES = "SELECT count(*) FROM gold.session_scores";
  private static final String SESSIONS = "SELECT count(*) FROM gold.session_metrics";

  /** Claims that all pods of the lake reach, on one node at least. */
  private static final String CLAIMS =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: lake}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: model}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      """;

  /** Jobs that nobody starts by the clock. */
  private static final String VALUES =
      """
      image: {repository: "REPOSITORY", tag: "TAG"}
      demo: {kafka: true, postgres: true}
      topics: {partitions: 4, replication: 1}
      lake: {warehouse: /lake, volume: {existingClaim: lake}}
      lakeSink:
        settings: {WEIR_SINK_ROLL_INTERVAL: 5s}
        podAnnotations: {round: "ROUND"}
        resources: {requests: {cpu: 50m, memory: 512Mi}, limits: {memory: 1Gi}}
      streamApp:
        podAnnotations: {round: "ROUND"}
        persistence: {size: 1Gi}
        resources: {requests: {cpu: 50m, memory: 512Mi}, limits: {memory: 1536Mi}}
      mlScoring:
        starterModel: demo
        existingClaim: model
        podAnnotations: {round: "ROUND"}
        resources: {requests: {cpu: 50m, memory: 256Mi}, limits: {memory: 768Mi}}
      preparation: {resources: {requests: {cpu: 50m, memory: 256Mi}, limits: {memory: 1Gi}}}
      lakeMaintenance: {schedule: "0 0 29 2 *"}
      audit: {enabled: true, schedule: "0 0 29 2 *", args: [--settle=5]}
      training: {enabled: true, schedule: "0 0 29 2 *"}
      simulator: {enabled: FLOW, args: [run, --events=20000, --history=24h, --live, --rate=100]}
      """;

  @TempDir Path folder;

  @Test
  void release_runsSurvivesIsUpgradedAndGoes() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Boolean.getBoolean("weir.cluster"), "only ./weir cluster-test");
    Assumptions.assumeFalse(IMAGES.isEmpty(), "WEIR_CLUSTER_IMAGES names no images");
    Assumptions.assumeTrue(hasNode(), "no node is ready");
    Cluster cluster = Cluster.start("weir-run-", folder);
    try {
      starts(cluster);
      oneEvent(cluster);
      cluster.upgrade(values(1, true));
      seen("events flow", () -> flows(cluster));
      podsDie(cluster);
      drain(cluster);
      upgrade(cluster);
      jobs(cluster);
      end(cluster);
    } finally {
      explain(cluster);
      cluster.end();
    }
  }

  private static boolean hasNode() throws IOException, InterruptedException {
    String ready = "jsonpath={.items[*].status.conditions[?(@.type=='Ready')].status}";
    return Kubectl.run("get", "nodes", "-o", ready).text().contains("True");
  }

  private static void starts(Cluster cluster) throws IOException, InterruptedException {
    cluster.apply(CLAIMS);
    cluster.install(values(1, false));
    seen("preparation complete", () -> cluster.awaitJob(Cluster.NAME + "preparation-1"));
    seen("all pods ready", cluster::awaitRollout);
    System.out.println(cluster.kubectl("get", "pods,pvc,pdb"));
  }

  /** One event, and one on each partition that moves its time on. */
  private static void oneEvent(Cluster cluster) throws IOException, InterruptedException {
    Manifest simulator = Release.of(values(1, true)).pod("Deployment", Cluster.NAME + "simulator");
    var container = new HashMap<Object, Object>(simulator.containers().toList().getFirst());
    container.put(
        "args",
        List.of("run", "--events=1", "--ending-before=1h", "--close", "--malformed=0", "--bots=0"));
    var spec = new HashMap<Object, Object>((Map<?, ?>) simulator.at("spec"));
    spec.put("containers", List.of(container));
    spec.put("restartPolicy", "Never");
    var labels = new HashMap<>(simulator.labels());
    labels.put("app.kubernetes.io/component", "preparation"); // that may reach Kafka
    cluster.apply(
        new Yaml()
            .dump(
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Pod",
                    "metadata",
                    Map.of("name", "one-event", "labels", labels),
                    "spec",
                    spec)));
    seen(
        "one event is a session in gold and has a score",
        () ->
            Cluster.await(
                "a score",
                PATIENCE,
                () -> cluster.count(SCORES) == 1 && cluster.count(SESSIONS) == 1));
  }

  private static void flows(Cluster cluster) throws IOException, InterruptedException {
    long before = Math.max(0, cluster.count(SCORES));
    Cluster.await("more scores", PATIENCE, () -> cluster.count(SCORES) > before);
  }

  private static void podsDie(Cluster cluster) throws IOException, InterruptedException {
    Cluster.await("scores enough to train", PATIENCE, () -> cluster.count(SCORES) > 1000);
    String claim =
        cluster.kubectl("get", "pvc", "state-" + STREAM + "-0", "-o", "jsonpath={.metadata.uid}");
    long moves = rebalances(cluster);
    cluster.kubectl("delete", "pod", STREAM + "-0");
    seen("stream-app-0 deleted and back", () -> back(cluster));
    assertThat(
            cluster.kubectl(
                "get", "pvc", "state-" + STREAM + "-0", "-o", "jsonpath={.metadata.uid}"))
        .isEqualTo(claim);
    assertThat(rebalances(cluster)).as("the other keeps its partitions").isEqualTo(moves);
    System.out.println(metric(cluster, "weir_restored_records_total"));
    seen("new scores", () -> flows(cluster));
    for (String service : List.of("lake-sink", "ml-scoring")) {
      String label = "app.kubernetes.io/component=" + service;
      cluster.kubectl("delete", "pod", "-l", label);
      seen(service + " deleted and back", cluster::awaitRollout);
      seen("new scores", () -> flows(cluster));
    }
  }

  private static long rebalances(Cluster cluster) throws IOException, InterruptedException {
    return cluster
        .kubectl("logs", STREAM + "-1")
        .lines()
        .filter(line -> line.contains("-> REBALANCING"))
        .count();
  }

  private static void back(Cluster cluster) throws IOException, InterruptedException {
    Cluster.await(
        STREAM + "-0",
        PATIENCE,
        () ->
            cluster
                .tries("wait", "--for=condition=Ready", "--timeout=5s", "pod", STREAM + "-0")
                .isOk());
  }

  private static String metric(Cluster cluster, String name)
      throws IOException, InterruptedException {
    return cluster
        .ask(STREAM + "-0", 8190, "/metrics")
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElse(name + " is not there");
  }

  /** With one node the second pod stays, because the first has nowhere to go. */
  private static void drain(Cluster cluster) throws IOException, InterruptedException {
    String node = cluster.kubectl("get", "pod", STREAM + "-0", "-o", "jsonpath={.spec.nodeName}");
    Cli.Answer answer =
        Kubectl.run(
            "drain",
            node,
            "--pod-selector=app.kubernetes.io/component=stream-app,app.kubernetes.io/instance=shop",
            "--delete-emptydir-data",
            "--timeout=60s");
    try {
      String ready =
          cluster.kubectl("get", "statefulset", STREAM, "-o", "jsonpath={.status.readyReplicas}");
      System.out.println(answer.text().lines().distinct().limit(5).collect(joining("\n")));
      assertThat(ready).as(answer.text()).isIn("1", "2");
      if (!answer.isOk()) {
        assertThat(answer.text()).contains("would violate the pod's disruption budget");
      }
    } finally {
      Cluster.succeeds("uncordon", node);
    }
    seen("drained as far as the budget lets, and back", cluster::awaitRollout);
    seen("new scores", () -> flows(cluster));
  }

  private static void upgrade(Cluster cluster) throws IOException, InterruptedException {
    String key = key(cluster);
    cluster.upgrade(values(2, true));
    seen("all pods replaced while events flow", cluster::awaitRollout);
    assertThat(key(cluster)).as("keys stay").isEqualTo(key);
    seen("new scores", () -> flows(cluster));
  }

  private static String key(Cluster cluster) throws IOException, InterruptedException {
    return cluster.kubectl(
        "get", "secret", Cluster.NAME + "http-keys", "-o", "jsonpath={.data.reader}");
  }

  private static void jobs(Cluster cluster) throws IOException, InterruptedException {
    cluster.upgrade(values(2, false));
    Cluster.await(
        "the end of the simulator",
        PATIENCE,
        () -> !cluster.kubectl("get", "pods", "-o", "name").contains("simulator"));
    for (String job : List.of("audit", "lake-maintenance", "training", "audit")) {
      String name = job + "-" + Long.toString(System.nanoTime(), 36);
      cluster.kubectl("create", "job", "--from=cronjob/" + Cluster.NAME + job, name);
      seen(job + " complete", () -> cluster.awaitJob(name));
      System.out.println(cluster.logs("job/" + name));
    }
  }

  private static void end(Cluster cluster) throws IOException, InterruptedException {
    Helm.test(Chart.RELEASE)
        .withNamespace(cluster.namespace())
        .withKubeConfig(Cluster.CONFIG)
        .call();
    System.out.println(cluster.logs("pod/shop-weir-test"));
    cluster.kubectl("delete", "pod", "shop-weir-test"); // Helm leaves the pods of tests
    seen(
        "back to the values before",
        () -> {
          cluster.upgrade(values(1, false));
          cluster.awaitRollout();
        });
    cluster.uninstall();
    seen(
        "nothing stays but the test's own claims",
        () ->
            Cluster.await(
                "the end of all pods",
                PATIENCE,
                () ->
                    !cluster
                        .kubectl("get", "all,cm,secret,netpol,pdb,pvc", "-o", "name")
                        .contains("shop-weir-")));
  }

  private static String values(int round, boolean flow) {
    int colon = IMAGES.lastIndexOf(':');
    boolean tagged = colon > IMAGES.lastIndexOf('/');
    return VALUES
        .replace("REPOSITORY", tagged ? IMAGES.substring(0, colon) : IMAGES)
        .replace("TAG", tagged ? IMAGES.substring(colon + 1) : "")
        .replace("ROUND", Integer.toString(round))
        .replace("FLOW", Boolean.toString(flow));
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private static void seen(String what, Step step) throws IOException, InterruptedException {
    Instant from = Instant.now();
    step.run();
    System.out.printf("  %s: %d s%n", what, Duration.between(from, Instant.now()).toSeconds());
  }

  private static void explain(Cluster cluster) throws IOException, InterruptedException {
    System.out.println(cluster.tries("get", "pods", "-o", "wide").text());
  }
}
