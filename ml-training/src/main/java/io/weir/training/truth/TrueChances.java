package io.weir.training.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.StartupException;
import io.weir.training.quality.TruthComparison.Truth;
import io.weir.training.session.LabelledRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The true probabilities of a truth file that the simulator wrote with {@code --chances}. */
public final class TrueChances {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Key, Chance> known = new HashMap<>();

  private TrueChances() {}

  /** A visitor and the start of the session, or the time of the impression. */
  private record Key(String visitor, long time) {}

  private record Chance(double hidden, double knowable) {}

  /**
   * Reads the probabilities of one kind. Two with the same visitor and time are left out.
   *
   * @param kind session or impression
   */
  public static TrueChances read(Path file, String kind) {
    var chances = new TrueChances();
    String mark = "{\"kind\":\"chance\",\"of\":\"%s\"".formatted(kind);
    Set<Key> twice = new HashSet<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(mark)) {
          chances.add(JSON.readTree(line), twice);
        }
      }
    } catch (IOException e) {
      throw new StartupException("--truth " + file + " cannot be read: " + e.getMessage(), e);
    }
    chances.known.keySet().removeAll(twice);
    if (chances.known.isEmpty()) {
      throw new StartupException(
          "--truth %s has no probability of a %s: run the simulator with --chances"
              .formatted(file, kind));
    }
    return chances;
  }

  private void add(JsonNode line, Set<Key> twice) {
    var key = new Key(line.path("visitor").asText(), line.path("time").longValue());
    var chance =
        new Chance(
            line.path("hidden").asDouble(Double.NaN), line.path("knowable").asDouble(Double.NaN));
    if (known.put(key, chance) != null) {
      twice.add(key);
    }
  }

  /** The probabilities of these rows, NaN where there are none. */
  public Truth of(List<LabelledRow> rows) {
    var hidden = new double[rows.size()];
    var knowable = new double[rows.size()];
    var unknown = new Chance(Double.NaN, Double.NaN);
    for (int row = 0; row < hidden.length; row++) {
      LabelledRow of = rows.get(row);
      Chance chance = known.getOrDefault(new Key(of.visitor(), of.time()), unknown);
      hidden[row] = chance.hidden;
      knowable[row] = chance.knowable;
    }
    return new Truth(hidden, knowable);
  }
}
