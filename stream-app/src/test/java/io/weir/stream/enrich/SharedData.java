package io.weir.stream.enrich;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Public test material that is not part of the project: the folder WEIR_TEST_DATA names, else
 * {@code shared/data} beside the checkout. Without it the test is skipped and says so.
 */
final class SharedData {
  private static final JsonFactory JSON = new JsonFactory();

  private SharedData() {}

  static Path file(String name) {
    Path file = folder().resolve(name);
    if (!Files.isRegularFile(file)) {
      String reason =
          "skipped: " + file + " is missing; set WEIR_TEST_DATA to the folder of test data";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    return file;
  }

  private static Path folder() {
    String named = System.getenv("WEIR_TEST_DATA");
    Path checkout = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    return named != null ? Path.of(named) : checkout.resolveSibling("shared").resolve("data");
  }

  static List<String> lines(String name) throws IOException {
    try (InputStream bytes = Files.newInputStream(file(name));
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.readAllLines();
    }
  }

  static Map<?, ?> object(String json) throws IOException {
    return (Map<?, ?>) Objects.requireNonNull(value(json));
  }

  static List<?> list(String json) throws IOException {
    return (List<?>) Objects.requireNonNull(value(json));
  }

  /** A text inside nested objects. */
  static Optional<String> text(@Nullable Object object, String... path) {
    Object at = object;
    for (String name : path) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static @Nullable Object value(String json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      return value(parser, parser.nextToken());
    }
  }

  private static @Nullable Object value(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        var object = new LinkedHashMap<String, @Nullable Object>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          object.put(json.currentName(), value(json, json.nextToken()));
        }
        yield object;
      }
      case START_ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        for (JsonToken next = json.nextToken();
            next != JsonToken.END_ARRAY;
            next = json.nextToken()) {
          list.add(value(json, next));
        }
        yield list;
      }
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }
}
