package io.weir.scoring.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The choice of a model for a folder that has none yet. */
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

  /** Saves the model to the folder unless the folder already has one; tells whether it did. */
  public boolean placeInto(ModelFolder folder) throws IOException {
    return this != NONE && folder.saveIfEmpty(file("model.json"), file("card.json"));
  }

  byte[] file(String name) throws IOException {
    String path = "/scoring/starter/" + word() + "/" + name;
    try (InputStream in = StarterModel.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("the jar lacks " + path);
      }
      return in.readAllBytes();
    }
  }
}
