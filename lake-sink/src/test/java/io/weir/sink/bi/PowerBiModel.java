package io.weir.sink.bi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TMDL files of bi/powerbi, as far as tests ask about them. It is no parser of all of TMDL: it
 * reads the layout that these files have, and refuses a table in which it finds no column.
 */
record PowerBiModel(
    Map<String, Table> tables, Map<String, Measure> measures, String relationships) {
  static final Path FOLDER = Path.of("../bi/powerbi");
  private static final Path DEFINITION = FOLDER.resolve("Weir.SemanticModel/definition");
  private static final Pattern TABLE = Pattern.compile("(?m)^table (.+)$");
  private static final Pattern COLUMN =
      Pattern.compile("(?m)^\tcolumn (\\S+)(?: = .*)?\n\t\tdataType: (\\w+)$");
  private static final Pattern SOURCE = Pattern.compile("(?m)^\t\tsourceColumn: (\\w+)$");
  private static final Pattern RELATION =
      Pattern.compile("Relation\\(\"(\\w+)\", \"(\\w+)\", \\{([^)]*?)}\\)");
  private static final Pattern READ = Pattern.compile("\\{\"(\\w+)\", ([\\w. ]+)}");
  private static final Pattern MEASURE =
      Pattern.compile("(?m)^\t/// (.+)\n\tmeasure (.+?) =((?:.|\n)*?)\n\t\tformatString: ");

  /** A column of a relation that a table reads, and its type in M. */
  record Read(String schema, String relation, String column, String type) {}

  /** A table: the types of its columns, the columns that its source must have, what it reads. */
  record Table(Map<String, String> columns, List<String> sources, List<Read> reads) {}

  /** A measure. */
  record Measure(String meaning, String dax) {}

  static PowerBiModel read() throws IOException {
    var tables = new LinkedHashMap<String, Table>();
    var measures = new LinkedHashMap<String, Measure>();
    try (Stream<Path> files = Files.list(DEFINITION.resolve("tables"))) {
      for (Path file : files.sorted().toList()) {
        String text = Files.readString(file);
        String name = bare(found(TABLE, text).getFirst().group(1));
        tables.put(name, table(text));
        for (MatchResult one : found(MEASURE, text)) {
          measures.put(bare(one.group(2)), new Measure(one.group(1), one.group(3).strip()));
        }
      }
    }
    return new PowerBiModel(
        tables, measures, Files.readString(DEFINITION.resolve("relationships.tmdl")));
  }

  /** The columns of a table; none if there is no such table. */
  Set<String> columns(String table) {
    Table found = tables.get(table);
    return found == null ? Set.of() : found.columns().keySet();
  }

  private static List<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  static String bare(String name) {
    return name.startsWith("'") ? name.substring(1, name.length() - 1) : name;
  }

  private static Table table(String text) {
    Map<String, String> columns =
        found(COLUMN, text).stream()
            .collect(Collectors.toMap(one -> one.group(1), one -> one.group(2)));
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("no column in: " + text);
    }
    List<String> sources = found(SOURCE, text).stream().map(one -> one.group(1)).toList();
    return new Table(
        columns, sources, found(RELATION, text).stream().flatMap(PowerBiModel::reads).toList());
  }

  private static Stream<Read> reads(MatchResult relation) {
    return found(READ, relation.group(3)).stream()
        .map(one -> new Read(relation.group(1), relation.group(2), one.group(1), one.group(2)));
  }
}
