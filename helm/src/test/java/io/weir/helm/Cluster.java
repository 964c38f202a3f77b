package io.weir.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A release in a namespace of the cluster that KUBECONFIG names, whose pods run. */
record Cluster(String namespace, Path chart, Path folder) {
  static final Path CONFIG = Path.of(System.getenv().getOrDefault("KUBECONFIG", "no KUBECONFIG"));
  static final String NAME = "shop-weir-";

  /** What is asked until it is so. */
  interface Condition {
    boolean isMet() throws IOException, InterruptedException;
  }

  static String succeeds(String... arguments) throws IOException, InterruptedException {
    Cli.Answer answer = Kubectl.run(arguments);
    assertThat(answer.code()).as("%s: %s", List.of(arguments), answer.text()).isZero();
    return answer.text().strip();
  }

  /** A new namespace that enforces the pod security standard "restricted". */
  static Cluster start(String prefix, Path folder) throws IOException, InterruptedException {
    String namespace = prefix + Long.toString(System.nanoTime(), 36);
    succeeds("create", "namespace", namespace);
    succeeds("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
    return new Cluster(namespace, Chart.copy(Files.createDirectory(folder.resolve("run"))), folder);
  }

  /** The same namespace with another chart. */
  Cluster with(Path other) {
    return new Cluster(namespace, other, folder);
  }

  void end() throws IOException, InterruptedException {
    succeeds("delete", "namespace", namespace, "--wait=false");
  }

  /** The answer of kubectl in the namespace, which must succeed. */
  String kubectl(String... arguments) throws IOException, InterruptedException {
    return succeeds(inNamespace(arguments));
  }

  Cli.Answer tries(String... arguments) throws IOException, InterruptedException {
    return Kubectl.run(inNamespace(arguments));
  }

  private String[] inNamespace(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("-n", namespace));
    return all.toArray(String[]::new);
  }

  void apply(String objects) throws IOException, InterruptedException {
    kubectl("apply", "-f", Files.writeString(folder.resolve("objects"), objects).toString());
  }

  void install(String values) throws IOException {
    new Helm(chart)
        .install()
        .withName(Chart.RELEASE)
        .withNamespace(namespace)
        .withKubeConfig(CONFIG)
        .withValuesFile(file(values))
        .call();
  }

  void upgrade(String values) throws IOException {
    new Helm(chart)
        .upgrade()
        .withName(Chart.RELEASE)
        .withNamespace(namespace)
        .withKubeConfig(CONFIG)
        .withValuesFile(file(values))
        .call();
  }

  void uninstall() {
    Helm.uninstall(Chart.RELEASE).withNamespace(namespace).withKubeConfig(CONFIG).call();
  }

  private Path file(String values) throws IOException {
    return Files.writeString(folder.resolve("values.yaml"), values, UTF_8);
  }

  /** Until all pods of the services are those of the newest template, and ready. */
  void awaitRollout() throws IOException, InterruptedException {
    String workloads = kubectl("get", "statefulset,deployment", "-o", "name");
    for (String workload : workloads.lines().toList()) {
      kubectl("rollout", "status", workload, "--timeout=600s");
    }
  }

  void awaitJob(String name) throws IOException, InterruptedException {
    String state = "{.status.succeeded}/{.status.failed}/{.spec.backoffLimit}";
    var last = new ArrayList<String>();
    await(
        "job " + name,
        Duration.ofMinutes(10),
        () -> {
          last.add(kubectl("get", "job", name, "-o", "jsonpath=" + state));
          String[] seen = last.getLast().split("/", -1);
          if (!seen[1].isEmpty() && Integer.parseInt(seen[1]) > Integer.parseInt(seen[2])) {
            fail("job " + name + " failed: " + logs("job/" + name));
          }
          return seen[0].equals("1");
        });
  }

  String logs(String of) throws IOException, InterruptedException {
    return tries("logs", of, "--tail=40").text();
  }

  /** One number, or minus one if it cannot be had now. */
  long count(String sql) throws IOException, InterruptedException {
    Cli.Answer answer =
        tries(
            "exec",
            "deployment/" + NAME + "demo-postgres",
            "--",
            "psql",
            "--host=127.0.0.1",
            "--username=weir",
            "--dbname=weir",
            "-tAc",
            sql);
    String text = answer.text().strip();
    return answer.isOk() && text.matches("\\d+") ? Long.parseLong(text) : -1;
  }

  /** What a service answers at its management port, asked from within its pod. */
  String ask(String pod, int port, String path) throws IOException, InterruptedException {
    String request = "GET " + path + " HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n";
    String script =
        "exec 3<>/dev/tcp/127.0.0.1/" + port + "; printf '" + request + "' >&3; cat <&3";
    return tries("exec", pod, "--", "bash", "-c", script).text();
  }

  static void await(String what, Duration longest, Condition condition)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(longest);
    while (!condition.isMet()) {
      if (Instant.now().isAfter(end)) {
        fail(what + ": not within " + longest);
      }
      Thread.sleep(1000);
    }
  }
}
