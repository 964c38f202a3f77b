package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * A release that the program helm upgrades from an earlier version of the chart and takes back.
 *
 * @param before the earlier version
 * @param file values that both versions know
 */
record Rollback(Cluster cluster, Path before, Path file) {
  /** Kinds whose fields an upgrade may change. */
  private static final String KINDS =
      "statefulset,deployment,cronjob,service,serviceaccount,pdb,netpol,cm,secret,job,hpa,"
          + "scaledobject,podmonitor,prometheusrule";

  /** What an upgrade brings along: other images, settings and sizes. */
  private static final String CHANGES =
      """
      image: {tag: 9.0.0}
      topics: {retention: 14d}
      streamApp: {sessionTimeout: 30s, terminationGracePeriodSeconds: 60, podLabels: {round: two}}
      lakeSink: {resources: {limits: {memory: 2Gi}, requests: {memory: 2Gi}}}
      mlScoring: {podAnnotations: {round: two}}
      """;

  /** What the server has: the contents of all objects, and which claims belong to stream-app. */
  record Seen(Map<String, JsonObject> specs, Map<String, String> claims) {}

  /**
   * The chart in the folder that WEIR_CHART_BEFORE names, with its own values files, or else this
   * chart under an earlier version.
   */
  static Path before(Path folder) throws IOException {
    String named = System.getenv().getOrDefault("WEIR_CHART_BEFORE", "");
    return named.isEmpty() ? Chart.version(folder, "0.0.1") : Path.of(named);
  }

  void install() throws IOException, InterruptedException {
    Path values = before.resolve("values").resolve(file.getFileName());
    helm("install", Chart.RELEASE, before.toString(), "-f", values.toString());
    if (Kubectl.run("get", "serviceaccount", "default", "-n", "kube-system").isOk()) {
      Cluster.await("claims, as controllers run", Duration.ofMinutes(1), this::hasClaims);
    }
  }

  private boolean hasClaims() throws IOException, InterruptedException {
    String wanted =
        cluster.kubectl(
            "get", "statefulset", Cluster.NAME + "stream-app", "-o", "jsonpath={.spec.replicas}");
    String templates =
        cluster.kubectl(
            "get",
            "statefulset",
            Cluster.NAME + "stream-app",
            "-o",
            "jsonpath={.spec.volumeClaimTemplates}");
    return templates.isEmpty() // the demo keeps nothing
        || cluster.kubectl("get", "pvc", "-o", "name").lines().count() == Long.parseLong(wanted);
  }

  void upgrade() throws IOException, InterruptedException {
    Path changes = Files.writeString(cluster.folder().resolve("changes.yaml"), CHANGES);
    String chart = cluster.chart().toString();
    helm("upgrade", Chart.RELEASE, chart, "-f", file.toString(), "-f", changes.toString());
  }

  void back(int revision) throws IOException, InterruptedException {
    helm("rollback", Chart.RELEASE, Integer.toString(revision));
  }

  /** The states of all revisions. */
  List<String> history() throws IOException, InterruptedException {
    String json = helm("history", Chart.RELEASE, "-o", "json");
    return StreamSupport.stream(JsonParser.parseString(json).getAsJsonArray().spliterator(), false)
        .map(each -> each.getAsJsonObject().get("status").getAsString())
        .toList();
  }

  Seen see() throws IOException, InterruptedException {
    var specs = new TreeMap<String, JsonObject>();
    String label = "app.kubernetes.io/instance=" + Chart.RELEASE;
    for (JsonElement each : items("get", KINDS, "-l", label, "-o", "json")) {
      JsonObject object = each.getAsJsonObject();
      specs.put(object.get("kind").getAsString() + " " + name(object), content(object));
    }
    var claims = new TreeMap<String, String>();
    for (JsonElement each : items("get", "pvc", "-o", "json")) {
      JsonObject metadata = each.getAsJsonObject().getAsJsonObject("metadata");
      claims.put(name(each.getAsJsonObject()), metadata.get("uid").getAsString());
    }
    return new Seen(specs, claims);
  }

  /** Nothing of a Job, which is made anew: the server marks its pods with an id of its own. */
  private static JsonObject content(JsonObject object) {
    if (object.get("kind").getAsString().equals("Job")) {
      return new JsonObject();
    }
    JsonObject content = object.deepCopy();
    List.of("metadata", "status", "apiVersion").forEach(content::remove);
    return content;
  }

  private Iterable<JsonElement> items(String... arguments)
      throws IOException, InterruptedException {
    String json = cluster.kubectl(arguments);
    return JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("items");
  }

  private static String name(JsonObject object) {
    return object.getAsJsonObject("metadata").get("name").getAsString();
  }

  private String helm(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("helm"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--namespace", cluster.namespace()));
    Cli.Answer answer = Cli.run("", command);
    assertThat(answer.code()).as("%s: %s", command, answer.text()).isZero();
    return answer.text();
  }
}
