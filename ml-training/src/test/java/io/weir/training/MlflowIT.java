package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.weir.contract.avro.Session;
import io.weir.model.mlflow.MlflowClient;
import io.weir.model.mlflow.RegisteredModel;
import io.weir.process.terminal.Terminal;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.MlflowAlias;
import io.weir.scoring.registry.MlflowMirror;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.FreePort;
import io.weir.training.returning.PlantedReturns;
import io.weir.training.session.PlantedSessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A real MLflow server, started once: training registers, the scorer follows, Python agrees. */
@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
@Timeout(900)
class MlflowIT {
  private static final Path SCRIPTS = Path.of("src/test/mlflow").toAbsolutePath();
  private static final Path SERVE = Path.of("mlflow/serve").toAbsolutePath();
  private static final int CANNOT = 3;

  @TempDir Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicInteger failures = new AtomicInteger();

  @Test
  void trainedModel_isRegistered_served_andThePythonOfMlflowPredictsTheSame() throws Exception {
    int port = FreePort.next();
    URI server = URI.create("http://127.0.0.1:" + port);
    Process process = serve(port);
    try {
      awaitReady(server, process);
      List<Session> sessions = PlantedSessions.planted(1_000, new Random(1));
      assertThat(train(server, sessions)).isZero();
      assertThat(printed()).contains("registered: conversion version 1", "the champion now");

      Path models = folder.resolve("models");
      var source = new MlflowAlias(server, "conversion", "champion");
      try (var mirror =
          new MlflowMirror(models, source, Clock.systemUTC(), failures::incrementAndGet)) {
        mirror.refresh();
        assertThat(served(models)).startsWith("mlflow-1-");
        assertThat(mirror.problem()).isEmpty();
        requirePython(server, "conversion");
        requireReproduction(server);
        requireReturns(server, models);

        // Worse on the newest sessions: registered, but the alias stays.
        assertThat(train(server, shuffled(sessions))).isZero();
        assertThat(printed()).contains("not promoted: log-loss", "conversion version 2");
        mirror.refresh();
        assertThat(served(models)).startsWith("mlflow-1-");

        process.destroy();
        process.waitFor();
        mirror.refresh();
        assertThat(mirror.problem()).isPresent();
        assertThat(served(models)).startsWith("mlflow-1-");
        assertThat(train(server, sessions)).isEqualTo(2);
      }
      assertThat(failures).hasValue(0);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private Process serve(int port) throws IOException {
    String given = System.getenv("WEIR_MLFLOW_ENV");
    Path environment =
        given == null ? Path.of("target/mlflow-environment").toAbsolutePath() : Path.of(given);
    Path data = Files.createDirectories(folder.resolve("server"));
    return new ProcessBuilder(SERVE.toString(), environment.toString(), data.toString(), "" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  private void awaitReady(URI server, Process process) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(server.resolve("/health")).build();
      while (true) {
        if (!process.isAlive()) {
          if (process.exitValue() == CANNOT) {
            System.err.println("skipped: no virtual environment of Python with MLflow");
          }
          assumeThat(process.exitValue()).as("no Python environment").isNotEqualTo(CANNOT);
          throw new AssertionError(Files.readString(folder.resolve("server.log")));
        }
        try {
          if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException _) {
          // Not yet.
        }
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  /** The return model is registered beside the conversion model, and served from its own folder. */
  private void requireReturns(URI server, Path models) throws Exception {
    Path file =
        PlantedSessions.write(
            folder.resolve("returns.avro"), PlantedReturns.planted(2_000, new Random(1)));
    assertThat(run(server, file, "--model=p_return_7d", "--depth=3")).isZero();
    assertThat(printed()).contains("registered: p_return_7d version 1", "the champion now");
    var slot = ModelSlot.champion(ModelKind.RETURN, models.resolve("p_return_7d"));
    var source = new MlflowAlias(server, "p_return_7d", "champion");
    try (var mirror =
        new MlflowMirror(slot, source, Clock.systemUTC(), failures::incrementAndGet)) {
      mirror.refresh();
      assertThat(mirror.problem()).isEmpty();
      var registry = new DirectoryRegistry(slot, Clock.systemUTC(), () -> {});
      registry.refresh();
      LoadedModel model = registry.current().orElseThrow();
      assertThat(model.version()).startsWith("mlflow-1-");
      assertThat(model.name()).isEqualTo("p_return_7d");
    }
    requirePython(server, "p_return_7d");
  }

  private void requirePython(URI server, String model) throws Exception {
    String given = System.getenv("WEIR_MLFLOW_ENV");
    Path environment = given == null ? Path.of("target/mlflow-environment") : Path.of(given);
    var builder =
        new ProcessBuilder(
            environment.resolve("bin/python").toAbsolutePath().toString(),
            SCRIPTS.resolve("check.py").toString(),
            server.toString(),
            model);
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    Path log = folder.resolve("check-" + model + ".log");
    Process check = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();

    assertThat(check.waitFor()).as(Files.readString(log)).isZero();
    assertThat(log).content().contains("50 rows, largest difference: pyfunc");
  }

  /** The run of the champion says all that the same training needs. */
  private void requireReproduction(URI server) throws IOException {
    try (var client = new MlflowClient(server)) {
      String run = new RegisteredModel(client, "conversion").aliased("champion").get().run();
      assertThat(run(server, folder.resolve("sessions.avro"), "--reproduce=" + run)).isZero();
      assertThat(printed()).contains("reproduced: the same bytes as ");
    }
  }

  private static List<Session> shuffled(List<Session> sessions) {
    var random = new Random(2);
    var changed = new java.util.ArrayList<Session>();
    for (int at = 0; at < sessions.size(); at++) {
      boolean isOld = at < 850;
      Session.Builder session = Session.newBuilder(sessions.get(at));
      changed.add((isOld ? session.setIsConverted(random.nextInt(4) == 0) : session).build());
    }
    return changed;
  }

  private static String served(Path models) {
    var registry = new DirectoryRegistry(models, Clock.systemUTC(), () -> {}, Optional.empty());
    registry.refresh();
    return registry.current().map(LoadedModel::version).orElse("none");
  }

  private int train(URI server, List<Session> sessions) {
    Path file = PlantedSessions.write(folder.resolve("sessions.avro"), sessions);
    return run(server, file, "--depth=3", "--search=2");
  }

  private int run(URI server, Path file, String... more) {
    var arguments =
        new java.util.ArrayList<>(
            List.of(
                "sessions",
                "--sessions=" + file,
                "--mlflow=" + server,
                "--threads=1",
                "--out=" + folder.resolve("trained")));
    arguments.addAll(List.of(more));
    var printer = new PrintStream(out, true, StandardCharsets.UTF_8);
    var terminal = new Terminal(printer, printer, false);
    return Main.commandLine(terminal, Clock.systemUTC()).execute(arguments.toArray(String[]::new));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
