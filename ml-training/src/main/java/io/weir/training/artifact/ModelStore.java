package io.weir.training.artifact;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder of models: {@code versions/NAME} has the files of one, and the file {@code champion} has
 * the name of the one to serve. The file changes last and at once, so a training that is killed
 * leaves the former champion.
 */
public record ModelStore(Path folder) {
  private static final String CHAMPION = "champion";

  /** Makes the folder, so that a wrong one is reported before the training. */
  public void prepare() {
    ArtifactFolder.prepare(folder.resolve("versions"));
  }

  /** The name of the version to serve; empty if there is none yet. */
  public Optional<String> champion() {
    try {
      String name = Files.readString(folder.resolve(CHAMPION)).strip();
      return name.isEmpty() ? Optional.empty() : Optional.of(name);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StartupException(folder.resolve(CHAMPION) + " cannot be read: " + e, e);
    }
  }

  public Path version(String name) {
    return folder.resolve("versions").resolve(name);
  }

  /** Writes the files of a version. Nobody serves it yet. */
  public void write(String name, Map<String, byte[]> files) {
    ArtifactFolder.prepare(version(name));
    ArtifactFolder.write(version(name), files);
  }

  public void promote(String name) {
    Path temporary = folder.resolve("." + CHAMPION + "." + UUID.randomUUID());
    try {
      Files.write(temporary, (name + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(
          temporary,
          folder.resolve(CHAMPION),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartupException(folder.resolve(CHAMPION) + " cannot be written: " + e, e);
    }
  }
}
