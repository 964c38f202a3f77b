package io.weir.benchmarks.process;

import io.weir.contract.avro.Session;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Home;
import io.weir.local.platform.Service;
import io.weir.local.process.ProcessSpec;
import io.weir.process.StartupException;
import io.weir.training.session.AvroFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sessions of a simulated week, made by the simulator and by the session code of stream-app. */
public record SimulatedSessions(Path file) {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** Makes the sessions of so many events; the same number gives the same sessions. */
  public static SimulatedSessions make(Home home, long events) throws InterruptedException {
    Catalogue catalogue = ProjectFolder.catalogue(home, Map.of());
    Path raw = home.folder().resolve("simulated.jsonl");
    Path sessions = home.folder().resolve("simulated.avro");
    List<String> simulation =
        List.of(
            "run",
            "--seed=1",
            "--events=" + events,
            "--history=168h",
            "--until=2026-03-08T00:00:00Z",
            "--target=file",
            "--out=" + raw);
    run(catalogue.tool("simulated-events", Service.SIMULATOR, simulation), raw);
    List<String> folding = List.of("sessions", "--events=" + raw, "--out=" + sessions);
    run(catalogue.tool("simulated-sessions", Service.STREAM, folding), sessions);
    try {
      Files.delete(raw);
    } catch (IOException e) {
      throw new StartupException(raw + " cannot be deleted: " + e, e);
    }
    return new SimulatedSessions(sessions);
  }

  private static void run(ProcessSpec spec, Path made) throws InterruptedException {
    try (BenchProcess process = BenchProcess.start(spec)) {
      process.awaitEnd(PATIENCE);
      if (!Files.exists(made)) {
        throw new StartupException(made + " was not made: " + process.output());
      }
    }
  }

  /** Gives each session. */
  public void each(Consumer<Session> consumer) {
    new AvroFile("simulated sessions", file, "sessions")
        .<Session>each(Session.getClassSchema(), consumer);
  }
}
