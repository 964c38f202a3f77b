package io.weir.local.endtoend;

import static java.util.Objects.requireNonNull;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Readiness;
import io.weir.local.platform.Service;
import io.weir.local.process.Captured;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.testkit.SecuredBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;

/** The services beside a broker that asks who is there, each as a user with the rights it needs. */
final class SecuredServices implements AutoCloseable {
  /** The password of all users; no output may have it. */
  static final String PASSWORD = "c4n4ry-\"of;the\\test";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a process says that got no time on a busy machine to log in within its patience. */
  private static final String UNANSWERED = "no Kafka broker answers";

  private static final int ATTEMPTS = 3;
  private static final Map<Service, String> USERS =
      Map.of(
          Service.STREAM, "stream-app",
          Service.SINK, "lake-sink",
          Service.SCORING, "ml-scoring",
          Service.SIMULATOR, "collector");

  private final Home home;
  private final SecuredBroker broker;
  private final Ports ports = Ports.free();
  private final Map<Service, Platform> platforms = new HashMap<>();

  SecuredServices(Path folder) {
    this(folder, Duration.ZERO);
  }

  /** With a broker that wants a login so often. */
  SecuredServices(Path folder, Duration login) {
    this.home = new Home(folder.resolve("home"));
    home.create();
    this.broker = SecuredBroker.start(folder.resolve("broker"), login);
    USERS.values().forEach(user -> broker.addUser("weir-" + user, PASSWORD));
    broker.addUser("weir-lake-tools", PASSWORD);
  }

  /** Another password for the user of a service, who is not told. */
  void changePassword(Service service) {
    broker.addUser("weir-" + user(service), "another one");
  }

  /** What a running service has printed, and why it is not ready. */
  String wordsOf(Service service) throws InterruptedException {
    String problem = new Readiness(as(user(service))).problem(service).orElse("");
    return String.join("\n", home.log(service.id()).tail(200)) + "\n" + problem;
  }

  SecuredBroker broker() {
    return broker;
  }

  Home home() {
    return home;
  }

  /** The processes as a user; the password lies in a file. */
  Catalogue as(String user) {
    var settings = new HashMap<String, String>();
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    settings.put("WEIR_KAFKA_AUTH", "scram-sha-512");
    settings.put("WEIR_KAFKA_USER", "weir-" + user);
    settings.put("WEIR_KAFKA_PASSWORD_FILE", passwordFile());
    settings.put("WEIR_KAFKA_TRUST_FILE", broker.trustFile().toString());
    settings.put("WEIR_KAFKA_START_TIMEOUT", "60s");
    settings.put("WEIR_SINK_ROLL_INTERVAL", "300ms");
    var checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
    return new Catalogue(checkout, home, ports, 2, settings);
  }

  private String passwordFile() {
    try {
      return Files.writeString(home.folder().resolve("password"), PASSWORD + "\n").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void grant(List<AclBinding> acls) {
    done(() -> broker.admin().createAcls(acls).all().get());
  }

  void revoke(AclBinding acl) {
    done(() -> broker.admin().deleteAcls(List.of(acl.toFilter())).all().get());
  }

  void deleteTopic(String name) {
    done(() -> broker.admin().deleteTopics(List.of(name)).all().get());
  }

  private interface Question {
    Object ask() throws ExecutionException, InterruptedException;
  }

  private static void done(Question question) {
    try {
      question.ask();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts services together and waits until they are ready. */
  void start(Service... services) throws InterruptedException {
    var started = new ArrayList<ChildProcess>();
    for (Service service : services) {
      started.add(platform(service).start(service));
    }
    for (int i = 0; i < services.length; i++) {
      platform(services[i]).awaitReady(started.get(i), services[i], PATIENCE);
    }
  }

  private Platform platform(Service service) {
    return platforms.computeIfAbsent(service, key -> new Platform(as(user(key))));
  }

  private static String user(Service service) {
    return USERS.getOrDefault(service, "nobody");
  }

  void stop(Service... services) {
    for (Service service : services) {
      requireNonNull(platforms.remove(service)).close();
    }
  }

  /** Runs a service that cannot work until it has said so; returns what it printed. */
  String outputOf(Service service, String sought, Map<String, String> more)
      throws InterruptedException {
    String printed = firstOutputOf(service, sought, more);
    for (int attempt = 1; attempt < ATTEMPTS && printed.contains(UNANSWERED); attempt++) {
      printed = firstOutputOf(service, sought, more);
    }
    return printed;
  }

  private String firstOutputOf(Service service, String sought, Map<String, String> more)
      throws InterruptedException {
    ProcessSpec spec = as(user(service)).process(service);
    var environment = new HashMap<>(spec.environment());
    environment.putAll(more);
    try (var platform = new Platform(as(user(service)))) {
      ChildProcess process = platform.start(spec.withEnvironment(environment));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!printed(process).contains(sought)
          && System.nanoTime() < deadline
          && !endsSoon(process)) {
        // Its end or its words are waited for.
      }
      return printed(process);
    }
  }

  private static String printed(ChildProcess process) {
    return String.join("\n", process.log().tail(200));
  }

  private static boolean endsSoon(ChildProcess process) throws InterruptedException {
    try {
      process.onExit().get(100, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs the simulator to its end; returns what it printed. */
  Captured simulate(int events) throws InterruptedException {
    return run(
        as("collector")
            .tool(
                "simulator",
                Service.SIMULATOR,
                List.of(
                    "run",
                    "--seed=3",
                    "--events=" + events,
                    "--history=12h",
                    "--ending-before=2h",
                    "--close",
                    "--target=kafka")));
  }

  /** Runs a command of lake-tools to its end. */
  Captured lakeTool(String... arguments) throws InterruptedException {
    return run(as("lake-tools").lakeTool(List.of(arguments)));
  }

  /** The output has what was printed to standard error as well. */
  private Captured run(ProcessSpec spec) throws InterruptedException {
    var log = home.log(spec.name());
    for (int attempt = 1; ; attempt++) {
      Captured captured = Captured.of(spec, log);
      String output = captured.output() + "\n" + String.join("\n", log.tail(200));
      if (attempt == ATTEMPTS || !output.contains(UNANSWERED)) {
        return new Captured(captured.exitCode(), output);
      }
    }
  }

  /** Everything that any process has printed. */
  String allOutput() throws IOException {
    var all = new StringBuilder();
    try (Stream<Path> files = Files.list(home.log("any").path().getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    Stream.of(Service.SIMULATOR, Service.STREAM, Service.SCORING, Service.SINK, Service.POSTGRES)
        .filter(platforms::containsKey)
        .forEach(this::stop);
    broker.close();
  }
}
