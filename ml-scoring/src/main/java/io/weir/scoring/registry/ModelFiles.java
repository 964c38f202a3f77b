package io.weir.scoring.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of one model, wherever they lie. */
interface ModelFiles {
  /** The content of a file; empty if there is none of that name. */
  Optional<byte[]> read(String name) throws IOException;

  /** The files of a folder. */
  static ModelFiles in(Path folder) {
    return name -> {
      try {
        return Optional.of(Files.readAllBytes(folder.resolve(name)));
      } catch (NoSuchFileException _) {
        return Optional.empty();
      }
    };
  }
}
