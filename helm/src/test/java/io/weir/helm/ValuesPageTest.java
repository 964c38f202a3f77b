package io.weir.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * weir/README.md lists all values: names and meanings of the schema, defaults of values.yaml. After
 * a change write it with {@code -Dweir.write-values=true}.
 */
class ValuesPageTest {
  private static final Path PAGE = Path.of("weir", "README.md");
  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final String HEAD =
      """
      # Values of the chart

      Made from [values.schema.json](values.schema.json) and [values.yaml](values.yaml). How to install it:
      [docs/kubernetes.md](../../docs/kubernetes.md).

      | value | default | meaning |
      | --- | --- | --- |
      """;

  @Test
  void page_hasEachValue() throws IOException {
    Object schema =
        JSON.fromJson(Files.readString(Path.of("weir", "values.schema.json")), Map.class);
    Object values = new Yaml().load(Files.readString(Path.of("weir", "values.yaml")));
    var page = new StringBuilder(HEAD);
    rows(page, "", (Map<?, ?>) schema, values);

    if (Boolean.getBoolean("weir.write-values")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  private static void rows(
      StringBuilder page, String name, Map<?, ?> schema, @Nullable Object value) {
    Object properties = schema.get("properties");
    if (!name.isEmpty()) {
      String meaning =
          (String) requireNonNull(schema.get("description"), name + " has no description");
      String initial = properties == null ? "`" + JSON.toJson(value) + "`" : "";
      page.append("| `%s` | %s | %s |\n".formatted(name, initial, meaning));
    }
    if (properties instanceof Map<?, ?> all && value instanceof Map<?, ?> given) {
      assertThat(all.keySet().containsAll(given.keySet())).as("%s: %s", name, given).isTrue();
      all.forEach((key, each) -> {
        if (!key.equals("global")) {
          assertThat(given.containsKey(key)).as("%s has a default of %s", name, key).isTrue();
          rows(
              page, name.isEmpty() ? "" + key : name + "." + key, (Map<?, ?>) each, given.get(key));
        }
      });
    }
  }
}
