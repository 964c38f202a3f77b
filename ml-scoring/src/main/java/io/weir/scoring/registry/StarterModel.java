package io.weir.scoring.registry;

import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The choice of a model while the folder has none yet. */
public enum StarterModel {
  /** No model: the service waits for one. */
  NONE,
  /** A small model of the simulator's shop, which is part of the jar. */
  DEMO;

  /** The word for this choice in the setting. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<StarterModel> named(String word) {
    return Arrays.stream(values()).filter(starter -> starter.word().equals(word)).findFirst();
  }

  /** All words, for a message. */
  public static String words() {
    return Arrays.stream(values()).map(StarterModel::word).collect(Collectors.joining(" or "));
  }

  /** The model of a version; empty if it is not one of these. */
  public static Optional<StarterModel> ofVersion(String version) {
    return Arrays.stream(values())
        .filter(starter -> starter != NONE && starter.version().equals(version))
        .findFirst();
  }

  /** With the feature set, so that the model of an earlier program has another name. */
  private String version() {
    return "starter-" + word() + "-" + ModelKind.CONVERSION.schema().version();
  }

  /** The model, checked like any other; empty for {@link #NONE}. */
  public Optional<LoadedModel> load(Instant now) {
    if (this == NONE) {
      return Optional.empty();
    }
    try {
      var loader = new ModelLoader(ModelKind.CONVERSION);
      return Optional.of(loader.load(this::file, Optional.of(version()), "the jar", now));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ModelFormatException e) {
      throw new IllegalStateException("the starter model of this build cannot be used", e);
    }
  }

  /** What its training data looked like; empty if it does not say. */
  public Optional<byte[]> snapshot() throws IOException {
    return file(ModelFiles.SNAPSHOT);
  }

  private Optional<byte[]> file(String name) throws IOException {
    String path = "/scoring/starter/" + word() + "/" + name;
    try (InputStream in = StarterModel.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }
}
