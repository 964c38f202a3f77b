package io.weir.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.model.feature.ClickRates;
import io.weir.model.feature.SessionRates;
import io.weir.process.StartupException;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.scoring.registry.StarterModel;
import io.weir.training.artifact.ArtifactFolder;
import io.weir.training.artifact.ModelStore;
import io.weir.training.drift.TrainedModel;
import io.weir.training.drift.TrainingSnapshot;
import io.weir.training.session.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models of one kind that the scorer has served: those of its folder, and the one in its jar.
 */
final class ModelFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Prediction prediction;
  private final ModelKind kind;
  private final Path folder;
  private final Clock clock;

  /** The models of sessions. */
  ModelFolder(Path folder, Clock clock) {
    this(Prediction.P_CONVERT, ModelKind.CONVERSION, folder, clock);
  }

  private ModelFolder(Prediction prediction, ModelKind kind, Path models, Clock clock) {
    this.prediction = prediction;
    this.kind = kind;
    this.folder = prediction.folder(models);
    this.clock = clock;
  }

  /** The models of clicks, in the folder of all models. */
  static ModelFolder ofClicks(Path models, Clock clock) {
    return new ModelFolder(Prediction.P_CLICK, ModelKind.CLICK, models, clock);
  }

  /** The models of returns, in the folder of all models. */
  static ModelFolder ofReturns(Path models, Clock clock) {
    return new ModelFolder(Prediction.P_RETURN_7D, ModelKind.RETURN, models, clock);
  }

  /**
   * The version as the scorer loads it, with all its checks; empty if it is not there (any more).
   */
  Optional<LoadedModel> load(String version) {
    Optional<StarterModel> starter = starter(version);
    if (starter.isPresent()) {
      return starter.get().load(clock.instant());
    }
    Optional<Path> place = place(version);
    if (place.isPresent()) {
      return Optional.of(loaded(place.get()));
    }
    return itself(version);
  }

  /** The shares of clicks that a version was served with; none if it cannot be used any more. */
  ClickRates rates(ModelVersion model) {
    try {
      return load(model.version()).map(LoadedModel::rates).orElse(ClickRates.NONE);
    } catch (StartupException e) {
      return ClickRates.NONE;
    }
  }

  /** A folder without versions is a model itself, and its file says its version. */
  private Optional<LoadedModel> itself(String version) {
    return registry(folder).current().filter(model -> model.version().equals(version));
  }

  private LoadedModel loaded(Path place) {
    DirectoryRegistry registry = registry(place);
    return registry
        .current()
        .orElseThrow(
            () -> new StartupException(registry.problem().orElse(place + " has no model.json")));
  }

  private DirectoryRegistry registry(Path place) {
    var registry = new DirectoryRegistry(ModelSlot.champion(kind, place), clock, () -> {});
    registry.refresh();
    return registry;
  }

  private Optional<StarterModel> starter(String version) {
    return kind == ModelKind.CONVERSION ? StarterModel.ofVersion(version) : Optional.empty();
  }

  /** The folder of a version. */
  private Optional<Path> place(String version) {
    Path place = new ModelStore(folder).version(version);
    return ModelSlot.isVersion(version) && Files.isDirectory(place)
        ? Optional.of(place)
        : Optional.empty();
  }

  /** What the model's files say about its training. */
  TrainedModel trained(ModelVersion model) {
    TrainedModel found = facts(model);
    // Without a snapshot no features are compared.
    return found.snapshot() == null ? found : found.with(rates(model.version()));
  }

  private SessionRates rates(String version) {
    try {
      return load(version).map(LoadedModel::sessionRates).orElse(SessionRates.NONE);
    } catch (StartupException _) {
      return SessionRates.NONE;
    }
  }

  private TrainedModel facts(ModelVersion model) {
    try {
      Optional<StarterModel> starter = starter(model.version());
      if (starter.isPresent()) {
        return trained(model, starter.get());
      }
      Optional<Path> place = place(model.version());
      if (place.isEmpty() && itself(model.version()).isEmpty()) {
        return TrainedModel.unknown(model, "the folder of models has no such version");
      }
      return trained(model, place.orElse(folder));
    } catch (IOException e) {
      return TrainedModel.unknown(model, "its files cannot be read: " + e.getMessage());
    }
  }

  private TrainedModel trained(ModelVersion model, StarterModel starter) throws IOException {
    Optional<String> card = starter.load(clock.instant()).flatMap(LoadedModel::card);
    Optional<byte[]> snapshot = starter.snapshot();
    JsonNode report = JSON.readTree(card.orElse("{}"));
    return snapshot.isPresent()
        ? trained(model, report, TrainingSnapshot.parse(snapshot.get()))
        : trained(model, report, null, "it has no " + TrainingSnapshot.FILE);
  }

  private TrainedModel trained(ModelVersion model, Path place) throws IOException {
    Path report = place.resolve("report.json");
    JsonNode card =
        Files.exists(report) ? JSON.readTree(Files.readAllBytes(report)) : JSON.nullNode();
    Path file = place.resolve(TrainingSnapshot.FILE);
    if (!Files.exists(file)) {
      return trained(model, card, null, "it has no " + TrainingSnapshot.FILE);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!isWhole(place, bytes)) {
      return trained(
          model, card, null, TrainingSnapshot.FILE + " is not the file that its checksum is of");
    }
    return trained(model, card, TrainingSnapshot.parse(bytes));
  }

  private TrainedModel trained(ModelVersion model, JsonNode card, TrainingSnapshot snapshot) {
    return snapshot.isOf(prediction.encoding())
        ? trained(model, card, snapshot, null)
        : trained(model, card, null, "its features are not those that this program computes");
  }

  private static boolean isWhole(Path place, byte[] snapshot) throws IOException {
    String line = ArtifactFolder.checksum(snapshot) + "  " + TrainingSnapshot.FILE;
    Path sums = place.resolve(ArtifactFolder.CHECKSUMS);
    List<String> lines = Files.exists(sums) ? Files.readAllLines(sums) : List.of();
    return lines.contains(line);
  }

  private static TrainedModel trained(
      ModelVersion model,
      JsonNode card,
      @Nullable TrainingSnapshot snapshot,
      @Nullable String remark) {
    return new TrainedModel(
        model,
        time(card.path("trained_at").asText("")),
        number(card.at("/metrics/auc")),
        number(card.at("/metrics/log_loss")),
        number(card.at("/metrics/calibration_error")),
        snapshot,
        remark,
        SessionRates.NONE);
  }

  private static @Nullable Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : null;
  }
}
