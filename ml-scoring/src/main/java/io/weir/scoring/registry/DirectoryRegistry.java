package io.weir.scoring.registry;

import io.weir.scoring.feature.FeatureSchema;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with {@code model.json} and, optionally, {@code card.json}. A changed file is read anew;
 * if it cannot be used, the model before it stays in use.
 */
public final class DirectoryRegistry implements Registry {
  private static final Logger log = LoggerFactory.getLogger(DirectoryRegistry.class);

  private final Path folder;
  private final Clock clock;
  private final Runnable onFailure;
  private final ModelLoader loader = new ModelLoader(FeatureSchema.current());

  private volatile @Nullable LoadedModel current;
  private volatile @Nullable String problem;
  private @Nullable Stamp lastRead;

  /** The state of the file, which shows a change without reading the file. */
  private record Stamp(Object fileKey, long size, long modified) {}

  /**
   * A registry of one folder.
   *
   * @param onFailure called each time a changed file cannot be used
   */
  public DirectoryRegistry(Path folder, Clock clock, Runnable onFailure) {
    this.folder = folder;
    this.clock = clock;
    this.onFailure = onFailure;
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
    Path file = folder.resolve("model.json");
    try {
      Stamp stamp = stamp(file);
      if (!stamp.equals(lastRead)) {
        lastRead = stamp;
        load(file);
      }
    } catch (NoSuchFileException _) {
      lastRead = null;
      problem = "there is no " + file;
    } catch (IOException e) {
      lastRead = null;
      failed(file, e.toString());
    }
  }

  private void load(Path file) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Optional<byte[]> card = card();
      LoadedModel loaded = loader.load(bytes, card, file.toString(), clock.instant());
      current = loaded;
      problem = null;
      log.info("scoring with model {} {} from {}", loaded.name(), loaded.version(), file);
      if (card.isPresent() && loaded.card().isEmpty()) {
        log.warn("card.json beside {} is no JSON or of another version; not shown", file);
      }
    } catch (ModelFormatException e) {
      failed(file, e.getMessage());
    }
  }

  private Optional<byte[]> card() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve("card.json")));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return new Stamp(
        key == null ? file : key, attributes.size(), attributes.lastModifiedTime().toMillis());
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
