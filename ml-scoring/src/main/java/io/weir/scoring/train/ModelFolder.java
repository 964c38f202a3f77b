package io.weir.scoring.train;

import io.weir.contract.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder that holds one model; a reader never sees half a file. */
final class ModelFolder {
  private final Path folder;

  ModelFolder(Path folder) {
    this.folder = folder;
  }

  /** Finds out before an hour of training whether the result can be kept. */
  void check() {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "check", null));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** The card goes first: who sees the new model finds its card beside it. */
  void save(byte[] model, ModelCard card) {
    try {
      replace("card.json", card.toJson());
      replace("model.json", model);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void replace(String name, byte[] bytes) throws IOException {
    Path temporary = folder.resolve("." + name + ".new");
    Files.write(temporary, bytes);
    Files.move(
        temporary,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private StartupException unwritable(IOException e) {
    return new StartupException("--out " + folder + " cannot be written: " + e, e);
  }
}
