package io.weir.local.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The simulator's truth about gold.
 *
 * @param tables that gold must hold
 * @param delayed the visitors of whom an event did not arrive at once
 */
public record GoldTruth(Map<String, Table> tables, Set<String> delayed) {

  /**
   * A table.
   *
   * @param keys the number of columns at the start that name a row
   */
  public record Table(int keys, List<String> columns, List<List<String>> rows) {
    /** The table with those of its columns. */
    public Table with(Set<String> wanted) {
      List<Integer> places =
          IntStream.range(0, columns.size())
              .filter(i -> wanted.contains(columns.get(i)))
              .boxed()
              .toList();
      return new Table(
          keys,
          places.stream().map(columns::get).toList(),
          rows.stream().map(row -> places.stream().map(row::get).toList()).toList());
    }

    public String at(List<String> row, String column) {
      return row.get(columns.indexOf(column));
    }
  }

  public Table table(String name) {
    return Objects.requireNonNull(tables.get(name), name);
  }

  public static GoldTruth read(Path file) throws IOException {
    var json = new ObjectMapper();
    var tables = new LinkedHashMap<String, Table>();
    var delayed = new HashSet<String>();
    var known = new HashMap<String, String>();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("{\"kind\":\"gold_table\"")) {
          JsonNode node = json.readTree(line);
          tables.put(
              node.path("table").asText(),
              new Table(
                  node.path("keys").asInt(),
                  texts(node.path("columns"), known),
                  new ArrayList<>()));
        } else if (line.startsWith("{\"kind\":\"gold\"")) {
          JsonNode node = json.readTree(line);
          Objects.requireNonNull(tables.get(node.path("table").asText()))
              .rows()
              .add(texts(node.path("row"), known));
        } else if (line.startsWith("{\"kind\":\"delayed\"")) {
          delayed.add(json.readTree(line).path("visitor").asText());
        }
      }
    }
    return new GoldTruth(tables, delayed);
  }

  /** Texts, {@code null} among them. Most stand in many rows and are held once. */
  private static List<String> texts(JsonNode nodes, Map<String, String> known) {
    var texts = new ArrayList<String>(nodes.size());
    nodes.forEach(node -> {
      String text = node.isNull() ? "null" : node.asText();
      texts.add(known.computeIfAbsent(text, each -> each));
    });
    return texts;
  }
}
