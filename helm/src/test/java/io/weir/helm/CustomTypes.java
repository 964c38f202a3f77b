package io.weir.helm;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * Judges objects of custom types by the definitions that a cluster has of them: KEDA's and the
 * Prometheus operator's, without their descriptions.
 */
final class CustomTypes {
  private static final Map<String, String> DEFINITIONS =
      Map.of(
          "keda.sh/v1alpha1 ScaledObject", "scaledobjects",
          "monitoring.coreos.com/v1 PodMonitor", "podmonitors",
          "monitoring.coreos.com/v1 PrometheusRule", "prometheusrules");

  private final List<String> problems = new ArrayList<>();

  private CustomTypes() {}

  static void check(String type, Manifest manifest) {
    String definition = DEFINITIONS.get(type);
    if (definition == null) {
      throw new IllegalArgumentException(type + " is a kind that no test knows");
    }
    var judge = new CustomTypes();
    Map<?, ?> schema = schema(definition);
    requireNonNull((Map<?, ?>) schema.get("properties")).remove("metadata");
    var given = new HashMap<Object, Object>(manifest.whole());
    given.remove("metadata");
    judge.value(manifest.title(), schema, given);
    if (!judge.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", judge.problems));
    }
  }

  private static Map<?, ?> schema(String definition) {
    try (InputStream file =
        CustomTypes.class.getResourceAsStream("/crds/" + definition + ".yaml")) {
      Object whole = new Yaml().load(file);
      return (Map<?, ?>)
          requireNonNull(Manifest.find(whole, "spec.versions.0.schema.openAPIV3Schema"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void value(String place, Map<?, ?> schema, @Nullable Object value) {
    String type = type(schema, value);
    if (!isOf(type, value)) {
      problems.add(place + " is no " + type + ": " + value);
      return;
    }
    if (schema.get("enum") instanceof List<?> possible && !possible.contains(value)) {
      problems.add(place + " is none of " + possible + ": " + value);
    }
    if (value instanceof String text
        && schema.get("pattern") instanceof String pattern
        && !Pattern.compile(pattern).matcher(text).find()) {
      problems.add(place + " does not match " + pattern + ": " + text);
    }
    if (value instanceof List<?> list) {
      list(place, schema, list);
    } else if (value instanceof Map<?, ?> map) {
      object(place, schema, map);
    }
  }

  private static String type(Map<?, ?> schema, @Nullable Object value) {
    if (schema.containsKey("x-kubernetes-int-or-string")) {
      return value instanceof String ? "string" : "integer";
    }
    return schema.get("type") instanceof String type ? type : "value";
  }

  private static boolean isOf(String type, @Nullable Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Integer || value instanceof Long;
      case "number" -> value instanceof Number;
      default -> true;
    };
  }

  private void list(String place, Map<?, ?> schema, List<?> list) {
    if (schema.get("items") instanceof Map<?, ?> items) {
      for (int i = 0; i < list.size(); i++) {
        value(place + "[" + i + "]", items, list.get(i));
      }
    }
  }

  private void object(String place, Map<?, ?> schema, Map<?, ?> map) {
    if (schema.get("required") instanceof List<?> required) {
      required.stream()
          .filter(name -> !map.containsKey(name))
          .forEach(name -> problems.add(place + "." + name + " is missing"));
    }
    Object properties = schema.get("properties");
    map.forEach((name, value) -> {
      Object known = properties instanceof Map<?, ?> all ? all.get(name) : null;
      if (known == null) {
        known = schema.get("additionalProperties");
      }
      if (known instanceof Map<?, ?> each) {
        value(place + "." + name, each, value);
      } else if (!schema.containsKey("x-kubernetes-preserve-unknown-fields")) {
        problems.add(place + "." + name + " is unknown");
      }
    });
  }
}
