package io.weir.scoring.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a model folder starts with when the folder has no model yet. */
public enum StarterModel {
  /** Nothing: the service waits for a model. */
  NONE,
  /** A small model of the simulator's shop, which lies in the jar. */
  DEMO;

  /** The word that the setting is given. */
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

  /** Puts the model into the folder unless the folder has one; tells whether it did. */
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
