package io.weir.scoring.registry;

import io.weir.model.feature.FeatureSchema;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
  private @Nullable List<Stamp> lastRead;

  /** The state of a file, which shows a change without reading the file. */
  private record Stamp(Object fileKey, long size, long modified) {
    private static final Stamp ABSENT = new Stamp("", -1, -1);
  }

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
        failed(folder.resolve(CHAMPION), "\"" + champion.get() + "\" is no name of a version");
        return;
      }
      if (champion.isPresent()) {
        place = folder.resolve("versions").resolve(champion.get());
      }
      List<Stamp> stamps = stamps(place);
      if (!stamps.equals(lastRead)) {
        load(place, champion);
        lastRead = stamps;
      }
    } catch (NoSuchFileException _) {
      lastRead = null;
      nothingAt(place);
    } catch (IOException e) {
      lastRead = null;
      failed(place.resolve(ModelLoader.MODEL), e.toString());
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
    Path file = place.resolve(ModelLoader.MODEL);
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

  /** The files that change with a model; the model itself must be there. */
  private List<Stamp> stamps(Path place) throws IOException {
    var stamps = new ArrayList<Stamp>();
    stamps.add(stamp(folder.resolve(CHAMPION)).orElse(Stamp.ABSENT));
    stamps.add(stamp(place.resolve(CheckedFiles.CHECKSUMS)).orElse(Stamp.ABSENT));
    Path file = place.resolve(ModelLoader.MODEL);
    stamps.add(stamp(file).orElseThrow(() -> new NoSuchFileException(file.toString())));
    return stamps;
  }

  private static Optional<Stamp> stamp(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return Optional.of(
          new Stamp(
              key == null ? file : key,
              attributes.size(),
              attributes.lastModifiedTime().toMillis()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** An empty folder is no problem while the starter model serves. */
  private void nothingAt(Path place) {
    boolean isStart = place.equals(folder) && starter.isPresent() && starter.equals(current());
    problem = isStart ? null : "there is no " + place.resolve(ModelLoader.MODEL);
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
