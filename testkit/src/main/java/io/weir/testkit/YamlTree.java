package io.weir.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The maps and lists of a YAML document; what is not there is empty. */
final class YamlTree {
  private YamlTree() {}

  static Map<String, Object> of(String yaml) {
    return map(new Yaml().load(yaml));
  }

  static Map<String, Object> child(Map<String, Object> parent, String name) {
    Object child = parent.get(name);
    return child == null ? Map.of() : map(child);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
