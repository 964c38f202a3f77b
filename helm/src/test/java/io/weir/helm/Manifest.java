package io.weir.helm;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One rendered object, as maps and lists. */
record Manifest(Map<?, ?> whole) {

  String kind() {
    return (String) at("kind");
  }

  String name() {
    return (String) at("metadata.name");
  }

  /** Kind and name. */
  String title() {
    return kind() + " " + name();
  }

  boolean isKind(String kind) {
    return kind().equals(kind);
  }

  /** The value at a path such as {@code spec.containers.0.image}, which must be there. */
  Object at(String path) {
    return requireNonNull(find(path), title(whole) + ": " + path);
  }

  @Nullable Object find(String path) {
    return find(whole, path);
  }

  static @Nullable Object find(Object root, String path) {
    Object here = root;
    for (String step : path.split("\\.", -1)) {
      if (here instanceof List<?> list) {
        int index = Integer.parseInt(step);
        here = index < list.size() ? list.get(index) : null;
      } else if (here instanceof Map<?, ?> map) {
        here = map.get(step);
      } else {
        return null;
      }
    }
    return here;
  }

  /** The maps in the list at a path; none if there is no list. */
  List<Map<?, ?>> all(String path) {
    return all(whole, path);
  }

  static List<Map<?, ?>> all(Object root, String path) {
    Object found = find(root, path);
    if (!(found instanceof List<?> list)) {
      return List.of();
    }
    return list.stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
  }

  static Map<String, String> texts(@Nullable Object map) {
    var texts = new TreeMap<String, String>();
    if (map instanceof Map<?, ?> given) {
      given.forEach((key, value) -> texts.put((String) key, String.valueOf(value)));
    }
    return texts;
  }

  /** The template of its pods, or itself if it is one. */
  @Nullable Manifest pod() {
    Object template =
        switch (kind()) {
          case "Pod" -> whole;
          case "CronJob" -> find("spec.jobTemplate.spec.template");
          case "StatefulSet", "Deployment", "Job" -> find("spec.template");
          default -> null;
        };
    if (template == null) {
      return null;
    }
    return new Manifest(
        Map.of(
            "kind", kind(),
            "metadata",
                Map.of("name", name(), "labels", orEmpty(find(template, "metadata.labels"))),
            "spec", requireNonNull(find(template, "spec"))));
  }

  Map<String, String> labels() {
    return texts(find("metadata.labels"));
  }

  /** The containers of a pod. */
  Stream<Map<?, ?>> containers() {
    return Stream.concat(all("spec.initContainers").stream(), all("spec.containers").stream());
  }

  /** The variables of the first container that have a value in the manifest. */
  Map<String, String> plain() {
    var plain = new TreeMap<String, String>();
    for (Map<?, ?> variable : all("spec.containers.0.env")) {
      if (variable.containsKey("value")) {
        plain.put((String) variable.get("name"), (String) variable.get("value"));
      }
    }
    return plain;
  }

  private static Object orEmpty(@Nullable Object value) {
    return value == null ? Map.of() : value;
  }

  private static String title(Map<?, ?> whole) {
    return find(whole, "kind") + " " + find(whole, "metadata.name");
  }
}
