package io.weir.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.model.feature.SessionRates;
import io.weir.process.StartupException;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.StarterModel;
import io.weir.training.artifact.ArtifactFolder;
import io.weir.training.artifact.ModelStore;
import io.weir.training.drift.TrainedModel;
import io.weir.training.drift.TrainingSnapshot;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.SessionEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The models that the scorer has served: those of its folder, and the one in its jar. */
final class ModelFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the scorer takes for the name of a version: it leads to no other folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Path folder;
  private final Clock clock;

  ModelFolder(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * The version as the scorer loads it, with all its checks; empty if it is not there (any more).
   */
  Optional<LoadedModel> load(String version) {
    Optional<LoadedModel> starter = starter(version);
    if (starter.isPresent()) {
      return starter;
    }
    Optional<Path> place = place(version);
    if (place.isPresent()) {
      return Optional.of(loaded(place.get()));
    }
    return itself(version);
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
    var registry = new DirectoryRegistry(place, clock, () -> {}, Optional.empty());
    registry.refresh();
    return registry;
  }

  private Optional<LoadedModel> starter(String version) {
    return starterNamed(version).flatMap(each -> each.load(clock.instant()));
  }

  private Optional<StarterModel> starterNamed(String version) {
    return Arrays.stream(StarterModel.values())
        .filter(each ->
            each.load(clock.instant()).filter(model -> model.version().equals(version)).isPresent())
        .findFirst();
  }

  /** The folder of a version. */
  private Optional<Path> place(String version) {
    Path place = new ModelStore(folder).version(version);
    boolean isName = NAME.matcher(version).matches();
    return isName && Files.isDirectory(place) ? Optional.of(place) : Optional.empty();
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
      Optional<StarterModel> starter = starterNamed(model.version());
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

  private static TrainedModel trained(ModelVersion model, Path place) throws IOException {
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

  private static TrainedModel trained(
      ModelVersion model, JsonNode card, TrainingSnapshot snapshot) {
    return snapshot.isOf(SessionEncoding.current())
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
