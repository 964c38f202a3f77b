package io.weir.simulator;

import static java.util.Objects.requireNonNull;

import io.weir.simulator.visit.Profile;
import io.weir.simulator.visit.Quantiles;
import io.weir.simulator.visit.Rhythm;
import io.weir.simulator.visit.Weighted;
import io.weir.simulator.visit.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/** Reads the measured distributions and the world from the class path. */
final class Resources {
  private Resources() {}

  static Profile profile() {
    var measured = new Properties();
    try (BufferedReader reader = open("/measured.properties")) {
      measured.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Profile(
        quantiles(measured, "read.events-per-visit"),
        quantiles(measured, "shop.events-per-visit"),
        quantiles(measured, "read.gap"),
        quantiles(measured, "shop.gap"),
        quantiles(measured, "visit.gap"),
        quantiles(measured, "visits-per-visitor"),
        quantiles(measured, "delay"),
        quantiles(measured, "price"),
        new Rhythm(
            Arrays.stream(requireNonNull(measured.getProperty("rhythm")).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray()));
  }

  private static Quantiles quantiles(Properties measured, String name) {
    return Quantiles.of(requireNonNull(measured.getProperty(name), name));
  }

  static World world() {
    Map<String, List<String[]>> sections = sections();
    return new World(
        list(sections, "agents", row -> new World.Agent(row[1], row[2], row[3], row[4])),
        list(sections, "bots", row -> new World.Agent(World.BOT, row[1], row[2], row[3])),
        list(sections, "referrers", row -> new World.Referrer(row[1], row[2])),
        list(sections, "campaigns", Resources::campaign),
        list(
            sections,
            "countries",
            row -> new World.Country(row[1], row[2], row[3], List.of(row[4].split(", ", -1)))),
        list(sections, "categories", row -> row[1]),
        list(sections, "brands", row -> row[1]),
        list(sections, "words", row -> new World.Word(row[1], row[2])));
  }

  private static World.Campaign campaign(String[] row) {
    return new World.Campaign(row[1], row[2], row[3], new World.Referrer(row[4], row[5]));
  }

  private static <T> Weighted<T> list(
      Map<String, List<String[]>> sections, String name, Function<String[], T> reader) {
    List<String[]> rows = requireNonNull(sections.get(name), name);
    return new Weighted<>(
        rows.stream().map(reader).toList(),
        rows.stream().map(row -> Double.valueOf(row[0])).toList());
  }

  private static Map<String, List<String[]>> sections() {
    var sections = new HashMap<String, List<String[]>>();
    List<String[]> section = new ArrayList<>();
    try (BufferedReader reader = open("/world.txt")) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("[")) {
          section = new ArrayList<>();
          sections.put(line.substring(1, line.length() - 1), section);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          section.add(line.split(" \\| ", -1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sections;
  }

  private static BufferedReader open(String name) {
    var stream = requireNonNull(Resources.class.getResourceAsStream(name), name);
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
