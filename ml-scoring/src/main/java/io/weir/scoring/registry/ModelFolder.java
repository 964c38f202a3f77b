package io.weir.scoring.registry;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A folder that holds one model and its card. A reader never sees half a file. */
public final class ModelFolder {
  private static final String MODEL = "model.json";
  private static final String CARD = "card.json";
  private final Path folder;

  public ModelFolder(Path folder) {
    this.folder = folder;
  }

  /** Checks before an hour of training that the result can be stored. */
  public void check() throws IOException {
    Files.createDirectories(folder);
    Files.delete(Files.createTempFile(folder, "check", null));
  }

  /**
   * Replaces the model. The card is written first, so that a reader of the new model finds its
   * card.
   */
  public void save(byte[] model, byte[] card) throws IOException {
    move(card, CARD, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    move(model, MODEL, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Saves the model unless the folder already has one, usable or not; tells whether it did. */
  public boolean saveIfEmpty(byte[] model, byte[] card) throws IOException {
    if (Files.exists(folder.resolve(MODEL))) {
      return false;
    }
    Files.createDirectories(folder);
    move(card, CARD, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try {
      move(model, MODEL); // a rename that refuses to replace
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    }
  }

  /**
   * Moves the bytes into place. The temporary name is unique, because two processes may start in
   * one folder.
   */
  private void move(byte[] bytes, String name, CopyOption... how) throws IOException {
    Path temporary = folder.resolve("." + name + "." + UUID.randomUUID());
    try {
      Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW);
      Files.move(temporary, folder.resolve(name), how);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
