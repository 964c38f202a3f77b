package io.weir.sink.bi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The files of bi/superset/weir. */
record SupersetBundle(List<JsonNode> datasets, List<JsonNode> charts, JsonNode dashboard) {
  private static final Path FOLDER = Path.of("../bi/superset/weir");
  private static final ObjectMapper JSON = new ObjectMapper();

  static SupersetBundle read() throws IOException {
    return new SupersetBundle(
        all("datasets/Weir"), all("charts"), yaml(FOLDER.resolve("dashboards/weir.yaml")));
  }

  private static List<JsonNode> all(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.sorted().map(SupersetBundle::yaml).toList();
    }
  }

  private static JsonNode yaml(Path file) {
    try {
      return JSON.valueToTree(new Yaml().<Object>load(Files.readString(file)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The query that a chart sends over REST. */
  static JsonNode query(JsonNode chart) throws IOException {
    return JSON.readTree(chart.path("query_context").asText()).path("queries").path(0);
  }

  JsonNode dataset(JsonNode chart) {
    return datasets.stream()
        .filter(one -> one.path("uuid").equals(chart.path("dataset_uuid")))
        .findFirst()
        .orElseThrow();
  }

  /** The texts of one field of all elements. */
  static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(one -> one.path(field).asText())
        .toList();
  }

  /** The texts of a list, or the one text. */
  static List<String> texts(JsonNode value) {
    if (value.isTextual()) {
      return List.of(value.asText());
    }
    return StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList();
  }
}
