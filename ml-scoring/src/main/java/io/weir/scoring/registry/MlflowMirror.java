package io.weir.scoring.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.model.mlflow.BodyTooLargeException;
import io.weir.model.mlflow.MlflowClient;
import io.weir.model.mlflow.MlflowException;
import io.weir.model.mlflow.RegisteredModel;
import io.weir.model.mlflow.RegisteredModel.Aliased;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the champion of a folder of models at the version that has an alias in MLflow. It downloads
 * and checks a version before it changes the champion, so a broken one, or a registry that is down,
 * changes nothing. A local copy that is damaged or gone is downloaded again. The versions that have
 * an alias and the one before each of them stay; older copies are deleted.
 */
public final class MlflowMirror implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MlflowMirror.class);

  /** A refused version is tried again after this time: its files may have been completed. */
  private static final Duration REFUSAL = Duration.ofMinutes(5);

  private static final int SHORT = 12;
  private static final Set<String> MAY_BE_MISSING = Set.of(ModelFiles.SNAPSHOT, ModelFiles.RATES);

  private final ModelSlot slot;
  private final String alias;
  private final String modelName;
  private final MlflowClient client;
  private final RegisteredModel model;
  private final VersionFolder versions;
  private final Clock clock;
  private final Runnable onFailure;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mlflow").daemon().factory());

  private @Nullable Refusal refusal;
  private @Nullable Checked checked;
  private volatile String lastProblem = "";

  /** A version that cannot be used. */
  private record Refusal(String name, String why, Instant until) {}

  /** A local copy that could be loaded, as it was then. */
  private record Checked(String name, FolderState files) {}

  /**
   * A mirror into one folder.
   *
   * @param onFailure called each time a version cannot be used
   */
  public MlflowMirror(Path folder, MlflowAlias source, Clock clock, Runnable onFailure) {
    this(ModelSlot.champion(ModelKind.CONVERSION, folder), source, clock, onFailure);
  }

  /** A mirror of one alias. */
  public MlflowMirror(ModelSlot slot, MlflowAlias source, Clock clock, Runnable onFailure) {
    this.slot = slot;
    this.alias = source.alias();
    this.modelName = source.model();
    this.client = new MlflowClient(source.address());
    this.model = new RegisteredModel(client, source.model());
    this.versions = new VersionFolder(slot, clock);
    this.clock = clock;
    this.onFailure = onFailure;
  }

  /** Looks at the alias once. It never fails: a failure is logged when it is new. */
  @SuppressWarnings("checkstyle:IllegalCatch")
  public synchronized void refresh() {
    try {
      Optional<Aliased> aliased = model.aliased(alias);
      if (aliased.isPresent()) {
        follow(name(aliased.get()), aliased.get());
      } else {
        nothingAliased();
      }
    } catch (IOException e) {
      problem(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
    } catch (RuntimeException | Error e) {
      // The schedule would end here without a word.
      if (problem(e.toString())) {
        onFailure.run();
        log.error("the mirror of MLflow has a defect", e);
      }
    }
  }

  /** A challenger goes with its alias. Another model stays in use. */
  private void nothingAliased() throws IOException {
    if (slot.isChallenger() && versions.demote()) {
      log.info("no version of MLflow is the {} any more", alias);
    }
    if (slot.isOptional()) {
      lastProblem = "";
    } else {
      problem("no version has the alias " + alias + " yet");
    }
  }

  /**
   * The name of the local copy. A registered model that was made anew numbers from 1 again, and the
   * setting may name another model: the hash tells them apart.
   */
  private String name(Aliased aliased) {
    String origin = String.join("\n", client.address(), modelName, aliased.run(), aliased.source());
    return "mlflow-"
        + aliased.number()
        + "-"
        + CheckedFiles.digest(origin.getBytes(UTF_8)).substring(0, SHORT);
  }

  private void follow(String name, Aliased aliased) throws IOException {
    Refusal known = refusal;
    if (known != null && known.name().equals(name) && clock.instant().isBefore(known.until())) {
      problem(known.why());
      return;
    }
    try {
      if (!isChecked(name)) {
        fetch(name, aliased);
      }
      String before = versions.current();
      if (!name.equals(before)) {
        // A crash before the promotion leaves no third version this way.
        versions.prune(Set.of(before, name));
        versions.promote(before, name);
        log.info("version {} of MLflow is the {} now", aliased.number(), slot.alias());
      }
      refusal = null;
      lastProblem = "";
    } catch (ModelFormatException e) {
      String why = "version " + aliased.number() + " cannot be used: " + e.getMessage();
      refusal = new Refusal(name, why, clock.instant().plus(REFUSAL));
      onFailure.run();
      problem(why);
    }
  }

  /** Whether the local copy is the one that was checked, or can be loaded now. */
  private boolean isChecked(String name) throws IOException {
    FolderState files = versions.state(name);
    var found = new Checked(name, files);
    if (found.equals(checked)) {
      return true;
    }
    if (!files.hasModel()) {
      return false;
    }
    try {
      versions.check(versions.place(name), name);
      checked = found;
      return true;
    } catch (IOException | ModelFormatException _) {
      return false;
    }
  }

  /** Downloads a version and checks it before it gets its place. */
  private void fetch(String name, Aliased aliased) throws IOException, ModelFormatException {
    RegisteredModel.Version version = model.version(aliased.number());
    Path temporary = versions.temporary(name);
    try {
      for (String file : slot.kind().files()) {
        Optional<byte[]> content = download(version, file);
        if (content.isPresent()) {
          Files.write(temporary.resolve(file), content.get());
        }
      }
      versions.check(temporary, name);
      if (isChecked(name)) {
        // Another instance with the same folder was faster, and may be reading its copy.
        return;
      }
      versions.put(temporary, name);
      checked = new Checked(name, versions.state(name));
      log.info("version {} of MLflow was downloaded as {}", aliased.number(), name);
    } finally {
      versions.delete(temporary);
    }
  }

  /**
   * Reads a file. A file that must be there and is not, or is too large, is the version's fault. A
   * model of older features has no rates: the check of the version says that it is too old.
   */
  private Optional<byte[]> download(RegisteredModel.Version version, String file)
      throws IOException, ModelFormatException {
    try {
      return Optional.of(model.file(version, file));
    } catch (BodyTooLargeException e) {
      throw new ModelFormatException(file + ": " + e.getMessage(), e);
    } catch (MlflowException e) {
      if (e.isNotFound() && MAY_BE_MISSING.contains(file)) {
        return Optional.empty();
      }
      if (e.isNotFound()) {
        throw new ModelFormatException(file + " is missing: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Notes a problem; whether it is another one than before. */
  private boolean problem(String found) {
    boolean isNew = !found.equals(lastProblem);
    if (isNew) {
      lastProblem = found;
      log.warn("MLflow: {}; the model in use stays", found);
    }
    return isNew;
  }

  /** The last problem that was not solved; empty if all is well. It does not wait for an answer. */
  public Optional<String> problem() {
    String problem = lastProblem;
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  public void start(Duration interval) {
    versions.removeLeftOvers();
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
