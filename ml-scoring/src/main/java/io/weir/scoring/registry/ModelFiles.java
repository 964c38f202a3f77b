package io.weir.scoring.registry;

import io.weir.model.mlflow.RegisteredModel;
import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of one model, wherever they lie. */
interface ModelFiles {
  String MODEL = "model.json";

  /** The shares of clicks, or of sessions that converted, that features need. */
  String RATES = "rates.json";

  /** What the training data looked like; no score needs it, but `./weir drift` does. */
  String SNAPSHOT = "snapshot.json";

  /** The files of every model; older ones have no snapshot. The checksums are the last of them. */
  List<String> NAMES =
      List.of(
          MODEL,
          "features.json",
          "calibration.json",
          "golden.json",
          "report.json",
          SNAPSHOT,
          CheckedFiles.CHECKSUMS);

  /** The content of a file; empty if there is none of that name. */
  Optional<byte[]> read(String name) throws IOException, ModelFormatException;

  /** The files of a folder. */
  static ModelFiles in(Path folder) {
    return name -> {
      Path file = folder.resolve(name);
      try {
        if (Files.size(file) > RegisteredModel.LARGEST_FILE) {
          throw new ModelFormatException(
              name + " is larger than " + RegisteredModel.LARGEST_FILE + " bytes");
        }
        return Optional.of(Files.readAllBytes(file));
      } catch (NoSuchFileException _) {
        return Optional.empty();
      }
    };
  }
}
