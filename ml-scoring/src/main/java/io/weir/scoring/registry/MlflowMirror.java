package io.weir.scoring.registry;

import io.weir.model.feature.FeatureSchema;
import io.weir.model.mlflow.MlflowClient;
import io.weir.model.mlflow.RegisteredModel;
import io.weir.model.mlflow.RegisteredModel.Aliased;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the champion of a folder of models at the version that has an alias in MLflow. It downloads
 * and checks a version before it changes the champion, so a broken one, or a registry that is down,
 * changes nothing.
 */
public final class MlflowMirror implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MlflowMirror.class);
  private static final List<String> FILES =
      List.of("model.json", "features.json", "calibration.json", "golden.json", "report.json");

  private final Path folder;
  private final String alias;
  private final MlflowClient client;
  private final RegisteredModel model;
  private final Clock clock;
  private final Runnable onFailure;
  private final ModelLoader loader = new ModelLoader(FeatureSchema.current());
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mlflow").daemon().factory());

  private String refused = "";
  private String lastProblem = "";

  /**
   * A mirror into one folder.
   *
   * @param onFailure called each time a version cannot be used
   */
  public MlflowMirror(Path folder, MlflowAlias source, Clock clock, Runnable onFailure) {
    this.folder = folder;
    this.alias = source.alias();
    this.client = new MlflowClient(source.address());
    this.model = new RegisteredModel(client, source.model());
    this.clock = clock;
    this.onFailure = onFailure;
  }

  /** Looks at the alias once. It never fails: a failure is logged when it is new. */
  public synchronized void refresh() {
    try {
      Optional<Aliased> aliased = model.aliased(alias);
      if (aliased.isEmpty()) {
        problem("no version has the alias " + alias + " yet");
        return;
      }
      String name = name(aliased.get());
      if (!name.equals(refused) && !name.equals(champion())) {
        fetch(name, aliased.get());
      }
      lastProblem = name.equals(refused) ? lastProblem : "";
    } catch (IOException e) {
      problem(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
    }
  }

  /** The run makes the name unique: a model that was made anew numbers from 1 again. */
  private static String name(Aliased aliased) {
    String run = aliased.run().replaceAll("[^A-Za-z0-9]", "");
    return "mlflow-" + aliased.number() + "-" + run.substring(0, Math.min(8, run.length()));
  }

  private String champion() throws IOException {
    try {
      return Files.readString(folder.resolve("champion")).strip();
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  private void fetch(String name, Aliased aliased) throws IOException {
    Path place = folder.resolve("versions").resolve(name);
    try {
      if (!Files.exists(place)) {
        download(model.version(aliased.number()), place);
      }
      LoadedModel _ =
          loader.load(ModelFiles.in(place), Optional.of(name), "MLflow", clock.instant());
      promote(name);
      log.info("version {} of MLflow is the champion now", aliased.number());
    } catch (ModelFormatException e) {
      refused = name;
      onFailure.run();
      problem("version " + aliased.number() + " cannot be used: " + e.getMessage());
    }
  }

  /** The folder appears at once and whole. */
  private void download(RegisteredModel.Version version, Path place) throws IOException {
    Path temporary = folder.resolve("." + place.getFileName() + "." + UUID.randomUUID());
    Files.createDirectories(temporary);
    try {
      for (String file : FILES) {
        Files.write(temporary.resolve(file), model.file(version, file));
      }
      String sums = CheckedFiles.CHECKSUMS;
      Files.write(temporary.resolve(sums), model.file(version, sums));
      Files.createDirectories(place.getParent());
      Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(temporary);
    }
  }

  private static void delete(Path temporary) throws IOException {
    if (Files.exists(temporary)) {
      for (String file : FILES) {
        Files.deleteIfExists(temporary.resolve(file));
      }
      Files.deleteIfExists(temporary.resolve(CheckedFiles.CHECKSUMS));
      Files.delete(temporary);
    }
  }

  private void promote(String name) throws IOException {
    Path temporary = folder.resolve(".champion." + UUID.randomUUID());
    Files.writeString(temporary, name + "\n");
    Files.move(
        temporary,
        folder.resolve("champion"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void problem(String found) {
    if (!found.equals(lastProblem)) {
      lastProblem = found;
      log.warn("MLflow: {}; the model in use stays", found);
    }
  }

  /** The last problem that was not solved; empty if all is well. */
  public synchronized Optional<String> problem() {
    return lastProblem.isEmpty() ? Optional.empty() : Optional.of(lastProblem);
  }

  public void start(Duration interval) {
    var _ =
        executor.scheduleWithFixedDelay(
            this::refresh, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    client.close();
  }
}
