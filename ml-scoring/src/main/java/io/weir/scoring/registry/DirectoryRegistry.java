package io.weir.scoring.registry;

import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of models. The file {@code champion} has the name of the version to serve, whose files
 * are in {@code versions/NAME}, and the file {@code challenger} that of the version to score beside
 * it. Without the first file the folder itself is the model. A changed model is read anew; if it
 * cannot be used, the model before it stays in use.
 */
public final class DirectoryRegistry implements Registry {
  private static final Logger log = LoggerFactory.getLogger(DirectoryRegistry.class);

  private final ModelSlot slot;
  private final Path folder;
  private final Clock clock;
  private final Runnable onFailure;
  private final Optional<LoadedModel> starter;
  private final ModelLoader loader;

  private volatile @Nullable LoadedModel current;
  private volatile @Nullable String problem;
  private @Nullable Reading lastRead;

  /** What was read last: the version's name, and its files as they were. */
  private record Reading(Optional<String> version, FolderState files) {}

  /**
   * A registry of one folder.
   *
   * @param starter the model to serve until the folder has one
   * @param onFailure called each time a changed model cannot be used
   */
  public DirectoryRegistry(
      Path folder, Clock clock, Runnable onFailure, Optional<LoadedModel> starter) {
    this(ModelSlot.champion(ModelKind.CONVERSION, folder), clock, onFailure, starter);
  }

  /** A registry of what one alias names, which may be nothing. */
  public DirectoryRegistry(ModelSlot slot, Clock clock, Runnable onFailure) {
    this(slot, clock, onFailure, Optional.empty());
  }

  private DirectoryRegistry(
      ModelSlot slot, Clock clock, Runnable onFailure, Optional<LoadedModel> starter) {
    this.slot = slot;
    this.folder = slot.folder();
    this.loader = new ModelLoader(slot.kind());
    this.clock = clock;
    this.onFailure = onFailure;
    this.starter = starter;
    this.current = starter.orElse(null);
  }

  @Override
  public Optional<LoadedModel> current() {
    return Optional.ofNullable(current);
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public synchronized void refresh() {
    Path place = folder;
    try {
      Optional<String> named = named();
      if (named.isEmpty() && slot.isChallenger()) {
        nothingNamed();
        return;
      }
      if (named.isPresent() && !ModelSlot.isVersion(named.get())) {
        lastRead = null;
        failed(folder.resolve(slot.alias()), "\"" + named.get() + "\" is no name of a version");
        return;
      }
      if (named.isPresent()) {
        place = folder.resolve("versions").resolve(named.get());
      }
      read(place, named);
    } catch (IOException e) {
      lastRead = null;
      failed(place.resolve(ModelFiles.MODEL), e.toString());
    }
  }

  private void read(Path place, Optional<String> version) throws IOException {
    var reading = new Reading(version, FolderState.of(place, slot.kind()));
    if (!reading.files().hasModel()) {
      lastRead = null;
      nothingAt(place);
    } else if (!reading.equals(lastRead)) {
      load(place, version);
      lastRead = reading;
    }
  }

  /** A challenger goes with its alias, a champion only when there is another one. */
  private void nothingNamed() {
    if (current != null) {
      log.info("there is no {} any more", slot.alias());
    }
    lastRead = null;
    current = null;
    problem = null;
  }

  private Optional<String> named() throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(slot.alias())).strip());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private void load(Path place, Optional<String> version) throws IOException {
    Path file = place.resolve(ModelFiles.MODEL);
    try {
      LoadedModel loaded =
          loader.load(ModelFiles.in(place), version, file.toString(), clock.instant());
      current = loaded;
      problem = null;
      log.info("scoring with model {} {} from {}", loaded.name(), loaded.version(), file);
    } catch (ModelFormatException e) {
      failed(file, e.getMessage());
    }
  }

  /** An empty folder is no problem while the starter model serves, or if none has to. */
  private void nothingAt(Path place) {
    boolean isStart =
        place.equals(folder)
            && starter.equals(current())
            && (starter.isPresent() || slot.isOptional());
    problem = isStart ? null : "there is no " + place.resolve(ModelFiles.MODEL);
  }

  private void failed(Path file, @Nullable String why) {
    String found = file + " cannot be used: " + why;
    if (!found.equals(problem)) {
      problem = found;
      onFailure.run();
      String other =
          current == null ? "there is no other model" : current.version() + " stays in use";
      log.warn("{}; {}", found, other);
    }
  }
}
