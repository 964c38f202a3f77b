package io.weir.local.platform;

import io.weir.contract.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes a conversion model from nothing: simulated events to a file, sessions out of them with the
 * code of the service, a model out of the sessions.
 */
public final class Training {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private final Platform platform;
  private final long events;
  private final long seed;

  public Training(Platform platform, long events, long seed) {
    this.platform = platform;
    this.events = events;
    this.seed = seed;
  }

  public static boolean isModelThere(Path model) {
    return Files.exists(model.resolve("model.json"));
  }

  /** Trains into {@code model} and returns the trainer's own last line. */
  public String run(Path model) throws InterruptedException {
    Path folder = platform.catalogue().home().training();
    create(folder);
    Path raw = folder.resolve("events.jsonl");
    Path sessions = folder.resolve("sessions.avro");
    tool("train-events", Service.SIMULATOR, simulation(raw));
    tool(
        "train-sessions",
        Service.STREAM,
        List.of("sessions", "--events", raw.toString(), "--out", sessions.toString()));
    String result =
        tool(
            "train-model",
            Service.SCORING,
            List.of("train", "--sessions", sessions.toString(), "--out", model.toString()));
    delete(raw);
    return result;
  }

  private List<String> simulation(Path raw) {
    return List.of(
        "run",
        "--seed=" + seed,
        "--events=" + events,
        "--history=168h",
        "--target=file",
        "--out=" + raw);
  }

  private String tool(String name, Service service, List<String> arguments)
      throws InterruptedException {
    var process = platform.run(platform.catalogue().tool(name, service, arguments), PATIENCE);
    List<String> last = process.log().tail(1);
    return last.isEmpty() ? "" : last.getFirst();
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StartupException(folder + " cannot be created; choose another with --dir", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StartupException(file + " cannot be deleted: " + e.getMessage(), e);
    }
  }
}
