package io.weir.scoring.registry;

import io.weir.model.feature.FeatureSchema;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The writing side of a folder of models: its versions and its champion. */
final class VersionFolder {
  private final Path folder;
  private final Clock clock;
  private final ModelLoader loader = new ModelLoader(FeatureSchema.current());

  VersionFolder(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The folder of a version, which may not be there. */
  Path place(String name) {
    return folder.resolve("versions").resolve(name);
  }

  /** The name of the version to serve; empty if there is none. */
  String champion() throws IOException {
    try {
      return Files.readString(folder.resolve("champion")).strip();
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  /** An empty folder beside the versions. */
  Path temporary(String name) throws IOException {
    return Files.createDirectories(folder.resolve("." + name + "." + UUID.randomUUID()));
  }

  /** Fails if the files are not those of a model that may score. */
  void check(Path files, String name) throws IOException, ModelFormatException {
    LoadedModel _ = loader.load(ModelFiles.in(files), Optional.of(name), "MLflow", clock.instant());
  }

  /** Moves a whole version to its place, instead of a damaged one that lies there. */
  void put(Path whole, String name) throws IOException {
    Path place = place(name);
    Files.createDirectories(place.getParent());
    Path damaged = folder.resolve("." + name + "." + UUID.randomUUID());
    if (Files.exists(place)) {
      Files.move(place, damaged, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE);
    delete(damaged);
  }

  void promote(String name) throws IOException {
    Path temporary = folder.resolve(".champion." + UUID.randomUUID());
    Files.writeString(temporary, name + "\n");
    Files.move(
        temporary,
        folder.resolve("champion"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a folder, if it is there. */
  void delete(Path place) throws IOException {
    if (Files.exists(place)) {
      List<Path> found;
      try (Stream<Path> files = Files.walk(place)) {
        found = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path each : found) {
        Files.delete(each);
      }
    }
  }
}
