package io.weir.scoring.registry;

import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writing side of a folder of models: its versions and their aliases. */
final class VersionFolder {
  private static final Logger log = LoggerFactory.getLogger(VersionFolder.class);

  /** The names that a mirror gives. It does not touch other versions. */
  private static final Pattern MIRRORED = Pattern.compile("mlflow-[0-9]{1,18}-[0-9a-f]{12}");

  private static final Pattern TEMPORARY = Pattern.compile("\\." + MIRRORED + "\\..+");

  /** Longer than any download. A younger folder may be one that another instance fills. */
  private static final Duration LEFT_OVER = Duration.ofHours(1);

  private final Path folder;
  private final Clock clock;
  private final ModelSlot slot;
  private final ModelLoader loader;

  VersionFolder(ModelSlot slot, Clock clock) {
    this.slot = slot;
    this.folder = slot.folder();
    this.clock = clock;
    this.loader = new ModelLoader(slot.kind());
  }

  /** The folder of a version, which may not be there. */
  Path place(String name) {
    return folder.resolve("versions").resolve(name);
  }

  /** The state of a version's files. */
  FolderState state(String name) throws IOException {
    return FolderState.of(place(name), slot.kind());
  }

  /** The name of the version to use; empty if there is none. */
  String current() throws IOException {
    return named(slot.alias());
  }

  private String named(String alias) throws IOException {
    try {
      return Files.readString(folder.resolve(alias)).strip();
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  /** An empty folder beside the versions. */
  Path temporary(String name) throws IOException {
    return Files.createDirectories(unused(name));
  }

  private Path unused(String name) {
    return folder.resolve("." + name + "." + UUID.randomUUID());
  }

  /** Fails if the files are not those of a model that may score. */
  void check(Path files, String name) throws IOException, ModelFormatException {
    LoadedModel _ = loader.load(ModelFiles.in(files), Optional.of(name), "MLflow", clock.instant());
  }

  /** Moves a whole version to its place, instead of a damaged one that lies there. */
  void put(Path whole, String name) throws IOException {
    Path place = place(name);
    Files.createDirectories(place.getParent());
    Path damaged = unused(name);
    if (Files.exists(place)) {
      Files.move(place, damaged, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE);
    delete(damaged);
  }

  /** Uses this version from now on, and notes the one before it, which stays. */
  void promote(String before, String name) throws IOException {
    write(before(slot.alias()), before);
    write(slot.alias(), name);
  }

  /** The name of the file that names the version before the one of an alias. */
  private static String before(String alias) {
    return "." + alias + ".before";
  }

  private void write(String file, String name) throws IOException {
    Path temporary = folder.resolve("." + slot.alias() + "." + UUID.randomUUID());
    Files.writeString(temporary, name + "\n");
    Files.move(
        temporary,
        folder.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** From now on no version is used; true if there was one. */
  boolean demote() throws IOException {
    return Files.deleteIfExists(folder.resolve(slot.alias()));
  }

  /**
   * Deletes the mirrored versions that are neither kept, nor named, nor the one before the version
   * of another alias. A failure is logged.
   */
  void prune(Set<String> keep) {
    try {
      var kept = new HashSet<String>(keep);
      for (String alias : ModelSlot.ALIASES) {
        kept.add(named(alias));
        if (!alias.equals(slot.alias())) {
          kept.add(named(before(alias)));
        }
      }
      for (Path version : found(folder.resolve("versions"), MIRRORED)) {
        String name = version.getFileName().toString();
        if (!kept.contains(name)) {
          remove(version, name);
        }
      }
    } catch (IOException e) {
      log.warn("old versions in {} cannot be deleted: {}", folder, e.toString());
    }
    removeLeftOvers();
  }

  /** Takes a version out of its place at once: no reader sees a part of it. */
  private void remove(Path version, String name) throws IOException {
    Path removed = unused(name);
    try {
      Files.move(version, removed, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException _) {
      return; // Another instance has removed it.
    }
    delete(removed);
  }

  /** Deletes the temporary folders that a crash left. A failure is logged. */
  void removeLeftOvers() {
    Instant limit = clock.instant().minus(LEFT_OVER);
    try {
      for (Path each : found(folder, TEMPORARY)) {
        if (Files.exists(each) && Files.getLastModifiedTime(each).toInstant().isBefore(limit)) {
          delete(each);
        }
      }
    } catch (IOException e) {
      log.warn("temporary folders in {} cannot be deleted: {}", folder, e.toString());
    }
  }

  /** What is in a folder under a name of this form. */
  private static List<Path> found(Path folder, Pattern form) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> form.matcher(each.getFileName().toString()).matches()).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  /** Deletes a folder, if it is there. Another instance may be deleting it, too. */
  void delete(Path place) throws IOException {
    if (Files.exists(place)) {
      List<Path> found;
      try (Stream<Path> files = Files.walk(place)) {
        found = files.sorted(Comparator.reverseOrder()).toList();
      } catch (UncheckedIOException e) {
        throw new IOException(e);
      }
      for (Path each : found) {
        boolean _ = Files.deleteIfExists(each);
      }
    }
  }
}
