package io.weir.training;

import io.weir.training.artifact.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the champion of a folder of models. */
final class StoredChampion {
  private static final List<String> NEEDED =
      List.of("model.json", "features.json", "calibration.json");

  private StoredChampion() {}

  /** The champion; what cannot be read of it is missing in it. */
  static Optional<Champion> of(ModelStore store) {
    return store.champion().map(name -> new Champion(name, files(store.version(name))));
  }

  private static Map<String, byte[]> files(Path folder) {
    var files = new HashMap<String, byte[]>();
    for (String name : NEEDED) {
      try {
        files.put(name, Files.readAllBytes(folder.resolve(name)));
      } catch (NoSuchFileException _) {
        // A model from elsewhere may lack it.
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return files;
  }
}
