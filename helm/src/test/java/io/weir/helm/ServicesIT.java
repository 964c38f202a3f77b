package io.weir.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs themselves, with the arguments and variables of a rendered release on a Kafka with
 * TLS and SCRAM. Nobody listens where Kafka should be: what asks for it has understood all of them,
 * the certificate too.
 */
class ServicesIT {
  private static final String JAAS =
      "org.apache.kafka.common.security.scram.ScramLoginModule required"
          + " username=\"weir\" password=\"secret\";";

  /** Jobs, and the modules whose programs they run. */
  private static final Map<String, String> JOBS =
      Map.of(
          "audit", "lake-tools",
          "training", "ml-training",
          "drift", "ml-training",
          "lake-maintenance", "lake-sink",
          "preparation-1", "lake-sink",
          "reset-1", "lake-tools");

  private static final List<String> PROGRAMS =
      List.of(
          "stream-app",
          "lake-sink",
          "ml-scoring",
          "simulator",
          "ingest",
          "audit",
          "training",
          "drift",
          "lake-maintenance",
          "preparation-1",
          "reset-1");

  private static final Path DOCKERFILE =
      Path.of(System.getProperty("weir.root")).resolve("Dockerfile");

  /** The variables of an image that say where its service listens. */
  private static final Pattern LISTENS = Pattern.compile("(WEIR_[A-Z]+_HOST)=(\\S+)");

  @TempDir Path folder;

  @Test
  void programs_understandTheirVariables() throws IOException, InterruptedException {
    String values =
        Files.readString(Chart.valuesFile("kafka"))
            .replaceFirst("bootstrapServers: .*", "bootstrapServers: 127.0.0.1:1");
    Release release =
        Release.of(
            values
                + "simulator: {enabled: true}\n"
                + "ingest: {enabled: true, topic: clicks}\n"
                + "training: {enabled: true}\ndrift: {enabled: true}\n"
                + "reset: {release: web/shop}\n");
    Path certificate = certificate();

    Map<String, CompletableFuture<ServiceRun>> runs = new HashMap<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (String name : PROGRAMS) {
        Manifest pod = pod(release, name);
        String module = JOBS.getOrDefault(name, name);
        Map<String, String> environment = environment(pod, certificate);
        environment.putAll(ofImage(module));
        environment.put("WEIR_TRACE_RATIO", "0.5"); // the libraries of traces are there at run time
        runs.put(
            name,
            CompletableFuture.supplyAsync(() -> run(module, arguments(pod), environment), threads));
      }
    }

    runs.forEach((name, run) -> {
      boolean asksTheLakeFirst = JOBS.containsKey(name) && !name.endsWith("-1");
      String complaint = asksTheLakeFirst ? "does not answer" : "no Kafka broker answers at";
      assertThat(run.join().output()).as(name).contains(complaint);
      assertThat(run.join().code()).as(name).isEqualTo(2);
    });
  }

  private static Map<String, String> ofImage(String module) throws IOException {
    String dockerfile = Files.readString(DOCKERFILE);
    String stage = dockerfile.substring(dockerfile.indexOf("AS " + module + "\n"));
    Matcher variable = LISTENS.matcher(stage.split("\nFROM ", 2)[0]);
    return variable.find() ? Map.of(variable.group(1), variable.group(2)) : Map.of();
  }

  private static Manifest pod(Release release, String name) {
    return release.pods().stream()
        .filter(pod -> pod.name().equals("shop-weir-" + name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> arguments(Manifest pod) {
    return pod.find("spec.containers.0.args") instanceof List<?> arguments
        ? arguments.stream()
            .map(each -> each.toString().replace("/var/lib", folder + "/lib"))
            .toList()
        : List.of();
  }

  /** As in the pod, with the keys of the Secrets, and folders that a test may write. */
  private Map<String, String> environment(Manifest pod, Path certificate) {
    var environment = new HashMap<>(pod.plain());
    environment.replaceAll((name, value) -> value.replace("$(POD_NAME)", "localhost"));
    environment.put("WEIR_KAFKA_CLIENT_SASL_JAAS_CONFIG", JAAS);
    if (String.valueOf(pod.find("spec.containers.0.env")).contains("WEIR_HTTP_KEYS")) {
      environment.put("WEIR_HTTP_KEYS", "ann:reader:" + "0".repeat(64));
    }
    environment.put("WEIR_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION", certificate.toString());
    environment.computeIfPresent("WEIR_STREAM_STATE_DIR", this::inFolder);
    environment.computeIfPresent("WEIR_SCORING_STATE_DIR", this::inFolder);
    environment.computeIfPresent("WEIR_SCORING_MODEL_DIR", this::inFolder);
    environment.computeIfPresent(
        "WEIR_POSTGRES_URL", (name, url) -> "jdbc:postgresql://127.0.0.1:1/weir");
    return environment;
  }

  private String inFolder(String name, String path) {
    return folder.resolve(name).toString();
  }

  private static ServiceRun run(
      String module, List<String> arguments, Map<String, String> environment) {
    try {
      return ServiceRun.of(module, arguments, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An authority's certificate as PEM, as cert-manager and Strimzi have them under ca.crt. */
  private Path certificate() throws IOException, InterruptedException {
    Path store = folder.resolve("ca.p12");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=weir", "-keystore", store.toString());
    Path file = folder.resolve("ca.crt");
    keytool("-exportcert", "-rfc", "-file", file.toString(), "-keystore", store.toString());
    return file;
  }

  private static void keytool(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(ServiceRun.java("keytool")));
    command.addAll(List.of(options));
    command.addAll(List.of("-alias", "ca", "-storepass", "secret"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
