package io.weir.training;

import io.weir.model.mlflow.MlflowClient;
import io.weir.process.StartupException;
import io.weir.training.artifact.ArtifactFolder;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.ModelStore;
import io.weir.training.artifact.TrainingRecipe;
import io.weir.training.mlflow.FormerRun;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A training that is to be done again.
 *
 * @param name of its version
 * @param checksums of its files
 */
record FormerTraining(String name, TrainingRecipe recipe, Map<String, String> checksums) {
  /** The files that say what the model answers; the others have the time of the training. */
  private static final List<String> OF_MODEL =
      List.of("model.json", "model.onnx", "features.json", "calibration.json", "golden.json");

  /** A name becomes a folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  private static final int HEX_DIGITS = 64;

  /** A version in a folder of models. */
  static FormerTraining of(ModelStore store, String version) {
    if (!NAME.matcher(version).matches() || !Files.isDirectory(store.version(version))) {
      throw new StartupException(
          "--reproduce %s is no version in %s".formatted(version, store.folder()));
    }
    Path folder = store.version(version);
    try {
      String recipe = Files.readString(folder.resolve("recipe.json"));
      String sums = Files.readString(folder.resolve(ArtifactFolder.CHECKSUMS));
      return new FormerTraining(version, ModelArtifact.recipe(recipe), checksums(sums));
    } catch (NoSuchFileException e) {
      throw new StartupException(folder + " has no " + Path.of(e.getMessage()).getFileName(), e);
    } catch (IOException e) {
      throw new StartupException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A run of MLflow. */
  static FormerTraining of(URI mlflow, String run) {
    try (var client = new MlflowClient(mlflow)) {
      FormerRun found = FormerRun.read(client, run);
      if (!NAME.matcher(found.version()).matches()) {
        throw new IOException("its tag weir.version is no name of a version");
      }
      String sums = new String(found.checksums(), StandardCharsets.UTF_8);
      return new FormerTraining(
          found.version(), ModelArtifact.recipe(found.recipe()), checksums(sums));
    } catch (IOException e) {
      throw new StartupException("--reproduce " + run + ": " + e.getMessage(), e);
    }
  }

  /** The files of the model that are not the same as then. */
  List<String> differences(Map<String, byte[]> files) {
    return Stream.concat(OF_MODEL.stream(), Stream.of(ModelArtifact.RATES))
        .filter(file -> files.containsKey(file) || checksums.containsKey(file))
        .filter(file -> !checksum(files.get(file)).equals(checksums.get(file)))
        .toList();
  }

  private static String checksum(byte @Nullable [] content) {
    return content == null ? "none" : ArtifactFolder.checksum(content);
  }

  private static Map<String, String> checksums(String text) {
    var checksums = new LinkedHashMap<String, String>();
    text.lines()
        .filter(line -> line.length() > HEX_DIGITS + 2)
        .forEach(
            line -> checksums.put(line.substring(HEX_DIGITS + 2), line.substring(0, HEX_DIGITS)));
    return checksums;
  }
}
