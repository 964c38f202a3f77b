package io.weir.ingest.format;

import io.weir.ingest.event.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a mapping file. A line is one of {@code field = source}, {@code field = 'constant'},
 * {@code field =} (stays empty), {@code type.NAME = event_type}, {@code ignore = source, source}
 * and {@code # comment}.
 *
 * @param sources the source of a field; empty if the field stays empty
 */
public record MapRules(
    Map<Field, String> sources,
    Map<Field, String> constants,
    Map<String, String> types,
    Set<String> ignored) {
  public static final MapRules NONE = new MapRules(Map.of(), Map.of(), Map.of(), Set.of());

  private static final String TYPE = "type.";

  public MapRules {
    sources = Map.copyOf(sources);
    constants = Map.copyOf(constants);
    types = Map.copyOf(types);
    ignored = Set.copyOf(ignored);
  }

  /**
   * Reads the lines of a file.
   *
   * @throws IllegalArgumentException with the number of the line and what is wrong with it
   */
  public static MapRules parse(List<String> lines) {
    var rules =
        new MapRulesBuilder(
            new EnumMap<>(Field.class),
            new EnumMap<>(Field.class),
            new HashMap<>(),
            new HashSet<>());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        rules.add(i + 1, line);
      }
    }
    return new MapRules(rules.sources, rules.constants, rules.types, rules.ignored);
  }

  private record MapRulesBuilder(
      Map<Field, String> sources,
      Map<Field, String> constants,
      Map<String, String> types,
      Set<String> ignored) {

    void add(int number, String line) {
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("line " + number + " has no =: " + line);
      }
      String left = line.substring(0, equals).strip();
      String right = line.substring(equals + 1).strip();
      if (left.startsWith(TYPE)) {
        types.put(left.substring(TYPE.length()), right);
      } else if (left.equals("ignore")) {
        for (String source : right.split(",", -1)) {
          ignored.add(source.strip());
        }
      } else {
        field(number, left, right);
      }
    }

    private void field(int number, String left, String right) {
      Field field = Field.titled(left);
      if (field == null) {
        throw new IllegalArgumentException(
            "line " + number + ": " + left + " is no field of an event; the fields are " + all());
      }
      boolean isConstant = right.length() > 1 && right.startsWith("'") && right.endsWith("'");
      if (isConstant) {
        constants.put(field, right.substring(1, right.length() - 1));
      } else {
        sources.put(field, right);
      }
    }

    private static String all() {
      var names = new ArrayList<String>();
      for (Field field : Field.values()) {
        names.add(field.title());
      }
      return String.join(", ", names);
    }
  }
}
