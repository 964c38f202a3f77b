package io.weir.scoring.registry;

import io.weir.model.feature.FeatureSchema;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of models. The file {@code champion} has the name of the version to serve, whose files
 * are in {@code versions/NAME}. Without that file the folder itself is the model. A changed model
 * is read anew; if it cannot be used, the model before it stays in use.
 */
public final class DirectoryRegistry implements Registry {
  private static final Logger log = LoggerFactory.getLogger(DirectoryRegistry.class);
  private static final String CHAMPION = "champion";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Path folder;
  private final Clock clock;
  private final Runnable onFailure;
  private final Optional<LoadedModel> starter;
  private final ModelLoader loader = new ModelLoader(FeatureSchema.current());

  private volatile @Nullable LoadedModel current;
  private volatile @Nullable String problem;
  private @Nullable Reading lastRead;

  /** What was read last: the champion's name, and its files as they were. */
  private record Reading(Optional<String> champion, FolderState files) {}

  /**
   * A registry of one folder.
   *
   * @param starter the model to serve until the folder has one
   * @param onFailure called each time a changed model cannot be used
   */
  public DirectoryRegistry(
      Path folder, Clock clock, Runnable onFailure, Optional<LoadedModel> starter) {
    this.folder = folder;
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
      Optional<String> champion = champion();
      if (champion.isPresent() && !NAME.matcher(champion.get()).matches()) {
        lastRead = null;
        failed(folder.resolve(CHAMPION), "\"" + champion.get() + "\" is no name of a version");
        return;
      }
      if (champion.isPresent()) {
        place = folder.resolve("versions").resolve(champion.get());
      }
      var reading = new Reading(champion, FolderState.of(place));
      if (!reading.files().hasModel()) {
        lastRead = null;
        nothingAt(place);
      } else if (!reading.equals(lastRead)) {
        load(place, champion);
        lastRead = reading;
      }
    } catch (IOException e) {
      lastRead = null;
      failed(place.resolve(ModelFiles.MODEL), e.toString());
    }
  }

  private Optional<String> champion() throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(CHAMPION)).strip());
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

  /** An empty folder is no problem while the starter model serves. */
  private void nothingAt(Path place) {
    boolean isStart = place.equals(folder) && starter.isPresent() && starter.equals(current());
    problem = isStart ? null : "there is no " + place.resolve(ModelFiles.MODEL);
  }

  private void failed(Path file, @Nullable String why) {
    String found = file + " cannot be used: " + why;
    if (!found.equals(problem)) {
      problem = found;
      onFailure.run();
      log.warn("{}; {}", found, current == null ? "there is no other model" : "the old one stays");
    }
  }
}
