package io.weir.stream;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.stream.session.goal.Goal;
import io.weir.stream.session.goal.Goals;
import io.weir.stream.session.goal.PagePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The file of goals: JSON of the form {@code {"goals": [{"name": …, "event": …, …}]}}. Whatever is
 * wrong with it stops the start, with one line that names setting, file and goal.
 */
final class GoalsFile {
  private static final String SETTING = "stream.goals-file";
  private static final String DEMO = "demo";
  private static final String DEMO_FILE = "/goals/demo.json";
  private static final int MOST_BYTES = 1 << 20;
  private static final int MONEY_SCALE = 4;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Set<String> FIELDS =
      new TreeSet<>(
          Set.of(
              "name",
              "event",
              "page",
              "product",
              "category",
              "properties",
              "min_value",
              "currency"));

  private GoalsFile() {}

  /** The goals of the file that the setting names; none without it. */
  static Goals from(Settings settings) {
    return settings.text(SETTING).map(GoalsFile::named).orElse(Goals.NONE);
  }

  private static Goals named(String file) {
    return file.equals(DEMO) ? demo() : read(Path.of(file));
  }

  /** The goals of the shop that the simulator plays. */
  private static Goals demo() {
    try (InputStream json = GoalsFile.class.getResourceAsStream(DEMO_FILE)) {
      return parse(Objects.requireNonNull(json, DEMO_FILE).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Goals read(Path file) {
    String where = Settings.variable(SETTING) + "=" + file;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException("the file has more than 1 MB");
      }
      return parse(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new StartupException(where + " is no JSON: " + e.getOriginalMessage() + at(e), e);
    } catch (IOException e) {
      throw new StartupException(where + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new StartupException(where + ": " + e.getMessage(), e);
    }
  }

  private static String at(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : " in line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  static Goals parse(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      if (!(value(parser) instanceof Map<?, ?> whole)
          || !(whole.get("goals") instanceof List<?> list)
          || whole.size() > 1
          || parser.nextToken() != null) {
        throw new IllegalArgumentException("it is not of the form {\"goals\": [{…}, …]}");
      }
      var goals = new ArrayList<Goal>();
      for (Object each : list) {
        goals.add(goal(each, goals.size() + 1));
      }
      return new Goals(goals);
    }
  }

  /** The value that begins with the current token: a map, a list, a text, a number or another. */
  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        map.put(name, value(parser));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      var list = new ArrayList<@Nullable Object>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(parser));
      }
      return list;
    }
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return new BigDecimal(parser.getText());
    }
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
        ? (Object) parser.getBooleanValue()
        : null;
  }

  private static Goal goal(@Nullable Object json, int number) {
    if (!(json instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("goal %d is no object".formatted(number));
    }
    try {
      return goal(fields);
    } catch (IllegalArgumentException e) {
      String name = fields.get("name") instanceof String text ? " '" + text + "'" : "";
      throw new IllegalArgumentException("goal " + number + name + ": " + e.getMessage(), e);
    }
  }

  private static Goal goal(Map<?, ?> fields) {
    for (Object field : fields.keySet()) {
      if (!FIELDS.contains(field.toString())) {
        throw new IllegalArgumentException(
            "%s is none of %s".formatted(field, String.join(", ", FIELDS)));
      }
    }
    String page = text(fields, "page");
    return new Goal(
        required(fields, "name"),
        required(fields, "event"),
        page == null ? null : PagePattern.parse(page),
        text(fields, "product"),
        text(fields, "category"),
        properties(fields.get("properties")),
        leastAmount(fields.get("min_value")),
        text(fields, "currency"));
  }

  private static String required(Map<?, ?> fields, String name) {
    String text = text(fields, name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  private static @Nullable String text(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    if (!fields.containsKey(name) || value instanceof String) {
      return (String) value;
    }
    throw new IllegalArgumentException(name + " is no text");
  }

  private static Map<String, String> properties(@Nullable Object json) {
    if (json == null) {
      return Map.of();
    }
    if (!(json instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("properties is no object");
    }
    var properties = new LinkedHashMap<String, String>();
    for (Object name : fields.keySet()) {
      properties.put(name.toString(), required(fields, name.toString()));
    }
    return properties;
  }

  private static long leastAmount(@Nullable Object json) {
    if (json == null) {
      return 0;
    }
    if (!(json instanceof BigDecimal amount) || amount.precision() > 18 || amount.scale() > 18) {
      throw new IllegalArgumentException("min_value is no number such as 49.90");
    }
    try {
      return amount.movePointRight(MONEY_SCALE).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "min_value has more than %d decimals, or is too large".formatted(MONEY_SCALE), e);
    }
  }
}
