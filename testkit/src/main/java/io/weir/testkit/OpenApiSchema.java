package io.weir.testkit;

import static io.weir.testkit.YamlTree.child;
import static io.weir.testkit.YamlTree.list;
import static io.weir.testkit.YamlTree.map;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema of an OpenAPI document, to compare with answers. It knows what our documents have:
 * references, {@code allOf}, {@code anyOf}, types, {@code nullable}, {@code enum}, dates and times.
 */
public final class OpenApiSchema {
  private final Map<String, Object> document;
  private final Map<String, Object> schema;

  private OpenApiSchema(Map<String, Object> document, Map<String, Object> schema) {
    this.document = document;
    this.schema = schema;
  }

  /** The schema that is written at a path, such as {@code components}, {@code schemas}, name. */
  public static OpenApiSchema at(String yaml, String... path) {
    Map<String, Object> document = YamlTree.of(yaml);
    Map<String, Object> found = document;
    for (String step : path) {
      if (!found.containsKey(step)) {
        throw new IllegalArgumentException("the document has nothing at " + String.join(" ", path));
      }
      found = map(found.get(step));
    }
    return new OpenApiSchema(document, found);
  }

  /** What is written, with the reference followed. */
  public Map<String, Object> written() {
    return resolved(schema);
  }

  /** A schema that this one has inside, such as one of its properties. */
  public OpenApiSchema inside(Map<String, Object> written) {
    return new OpenApiSchema(document, written);
  }

  /** The properties of an object, in the order of the document. */
  public Map<String, Object> properties() {
    return child(written(), "properties");
  }

  /** What a value has that the schema does not allow; empty if it fits. */
  public List<String> faults(@Nullable Object value) {
    var faults = new ArrayList<String>();
    check("", schema, value, faults);
    return faults;
  }

  private void check(
      String place, Map<String, Object> written, @Nullable Object value, List<String> faults) {
    Map<String, Object> known = resolved(written);
    if (value == null) {
      if (!allowsNull(known)) {
        faults.add(place + " is null");
      }
      return;
    }
    for (Object each : list(known.get("allOf"))) {
      check(place, map(each), value, faults);
    }
    List<?> choices = list(known.get("anyOf"));
    if (!choices.isEmpty()
        && choices.stream().noneMatch(each -> inside(map(each)).faults(value).isEmpty())) {
      faults.add(place + " is none of anyOf");
    }
    List<?> words = list(known.get("enum"));
    if (!words.isEmpty() && !words.contains(value)) {
      faults.add(place + " is " + value + ", none of " + words);
    }
    if (known.get("type") instanceof String type) {
      checkType(place, type, known, value, faults);
    }
  }

  /**
   * Whether null is a value: if the schema says so, or if it has no type of its own and its parts
   * allow it, or if it says nothing of values.
   */
  private boolean allowsNull(Map<String, Object> known) {
    if (Boolean.TRUE.equals(known.get("nullable"))) {
      return true;
    }
    List<?> choices = list(known.get("anyOf"));
    return !known.containsKey("type")
        && !known.containsKey("enum")
        && list(known.get("allOf")).stream().allMatch(each -> allowsNull(resolved(map(each))))
        && (choices.isEmpty()
            || choices.stream().anyMatch(each -> allowsNull(resolved(map(each)))));
  }

  private void checkType(
      String place, String type, Map<String, Object> known, Object value, List<String> faults) {
    switch (value) {
      case Map<?, ?> object when type.equals("object") ->
          checkObject(place, known, map(object), faults);
      case List<?> list when type.equals("array") -> {
        Map<String, Object> items = child(known, "items");
        for (int i = 0; i < list.size(); i++) {
          check(place + "[" + i + "]", items, list.get(i), faults);
        }
      }
      case String text when type.equals("string") -> {
        if (!isOfFormat(text, String.valueOf(known.get("format")))) {
          faults.add(place + " is " + text + ", no " + known.get("format"));
        }
      }
      default -> {
        if (!isScalar(type, value)) {
          faults.add(place + " is " + value + ", no " + type);
        }
      }
    }
  }

  private void checkObject(
      String place, Map<String, Object> known, Map<String, Object> object, List<String> faults) {
    Map<String, Object> properties = child(known, "properties");
    for (Object name : list(known.get("required"))) {
      if (!object.containsKey(name)) {
        faults.add(place + "." + name + " is missing");
      }
    }
    object.forEach((name, value) -> {
      String inner = place + "." + name;
      if (properties.containsKey(name)) {
        check(inner, child(properties, name), value, faults);
      } else if (known.get("additionalProperties") instanceof Map<?, ?> others) {
        check(inner, map(others), value, faults);
      } else if (Boolean.FALSE.equals(known.get("additionalProperties"))) {
        faults.add(inner + " is unknown");
      }
    });
  }

  private static boolean isScalar(String type, Object value) {
    return switch (type) {
      case "boolean" -> value instanceof Boolean;
      case "number" -> value instanceof Number;
      case "integer" ->
          value instanceof Integer || value instanceof Long || value instanceof BigInteger;
      default -> false;
    };
  }

  private static boolean isOfFormat(String text, String format) {
    try {
      return switch (format) {
        case "date" -> LocalDate.parse(text).toString().equals(text);
        case "date-time" -> !OffsetDateTime.parse(text).toString().isEmpty();
        default -> true;
      };
    } catch (DateTimeException e) {
      return false;
    }
  }

  private Map<String, Object> resolved(Map<String, Object> written) {
    Map<String, Object> known = written;
    while (known.get("$ref") instanceof String reference) {
      known = document;
      for (String step : reference.substring("#/".length()).split("/", -1)) {
        if (!known.containsKey(step)) {
          throw new IllegalArgumentException("the document has no " + reference);
        }
        known = child(known, step);
      }
    }
    return known;
  }
}
