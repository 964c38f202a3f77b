package io.weir.local.platform;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a conversion model from nothing: it simulates events into a file, builds their sessions
 * with the code of the service, and trains a model on the sessions.
 */
public final class DemoTraining {
  private static final int MEGABYTES = 256;
  private static final int BYTES_PER_EVENT = 1_000; // the events of all sessions are in memory
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String WEEK = "168h";
  private static final String FOUR_WEEKS = "672h";
  private static final List<String> KEPT =
      List.of(
          "trained ",
          "open sessions, ",
          "compared ",
          "promoted: ",
          "not promoted: ",
          "registered: ");

  private final Platform platform;
  private final Recipe recipe;

  public DemoTraining(Platform platform, Recipe recipe) {
    this.platform = platform;
    this.recipe = recipe;
  }

  /**
   * The recipe of a model. The same recipe with a time gives the same sessions on every machine.
   *
   * @param until the simulated now, RFC 3339; null: the time of the run
   * @param training the command of ml-training and its options
   */
  public record Recipe(long events, long seed, @Nullable String until, List<String> training) {
    public Recipe {
      training = List.copyOf(training);
    }

    /** Whether the model is trained on events; else on sessions. */
    boolean isOfEvents() {
      return training.contains("--model=p_click");
    }

    /** Whether the trainer needs the events: for themselves, or to cut sessions. */
    boolean needsEvents() {
      return isOfEvents() || !(isOfReturns() || training.contains("--cuts=0"));
    }

    /** Whether the model is trained on who comes back, which takes longer to know. */
    boolean isOfReturns() {
      return training.contains("--model=p_return_7d");
    }
  }

  /** Trains into the folder of models and returns the trainer's own summary. */
  public String run(Path models) throws InterruptedException {
    Path folder = platform.catalogue().home().training();
    create(folder);
    Path raw = folder.resolve("events.jsonl");
    Path truth = folder.resolve("truth.jsonl");
    Path sessions = folder.resolve("sessions.avro");
    Path events = folder.resolve("events.avro");
    tool("train-events", Service.SIMULATOR, simulation(raw, truth));
    tool("train-sessions", Service.STREAM, sessions(raw, sessions, events));
    String result = train(files(sessions, events, truth), models);
    delete(raw);
    delete(truth);
    delete(events);
    return result;
  }

  private List<String> files(Path sessions, Path events, Path truth) {
    var files = new ArrayList<String>();
    if (!recipe.isOfReturns()) {
      files.add("--truth=" + truth);
    }
    if (!recipe.isOfEvents()) {
      files.add("--sessions=" + sessions);
    }
    if (recipe.needsEvents()) {
      files.add("--events=" + events);
    }
    return files;
  }

  private List<String> sessions(Path raw, Path sessions, Path events) {
    var arguments = new ArrayList<>(List.of("sessions", "--events=" + raw, "--out=" + sessions));
    if (recipe.needsEvents()) {
      arguments.add("--accepted=" + events);
    }
    return arguments;
  }

  private String train(List<String> files, Path models) throws InterruptedException {
    var arguments = new ArrayList<>(recipe.training());
    arguments.addAll(files);
    arguments.add("--seed=" + recipe.seed());
    arguments.add("--out=" + models);
    Catalogue catalogue = platform.catalogue();
    var program = new TrainingProgram(catalogue.checkout(), catalogue.home());
    List<String> printed = platform.run(program.spec(arguments, Map.of()), PATIENCE).log().tail(9);
    return summary(printed);
  }

  /** How good the model is, and what became of it. */
  public static String summary(List<String> printed) {
    return printed.stream()
        .filter(line -> KEPT.stream().anyMatch(line::startsWith))
        .collect(Collectors.joining("; "));
  }

  private List<String> simulation(Path raw, Path truth) {
    var arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--seed=" + recipe.seed(),
                "--events=" + recipe.events(),
                "--history=" + (recipe.isOfReturns() ? FOUR_WEEKS : WEEK),
                "--target=file",
                "--out=" + raw,
                "--truth=" + truth,
                "--chances"));
    if (recipe.isOfEvents()) {
      // Else each ad is clicked as often as all others, and there is little to learn.
      arguments.add("--ad-appeal=0.6");
    }
    if (recipe.until() != null) {
      arguments.add("--until=" + recipe.until());
    }
    return arguments;
  }

  private void tool(String name, Service service, List<String> arguments)
      throws InterruptedException {
    long megabytes = MEGABYTES + recipe.events() * BYTES_PER_EVENT / (1 << 20);
    var spec = platform.catalogue().tool(name, service, arguments).withHeap(megabytes);
    var _ = platform.run(spec, PATIENCE);
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
