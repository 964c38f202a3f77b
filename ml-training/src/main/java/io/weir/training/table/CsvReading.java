package io.weir.training.table;

import io.weir.process.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of separated values whole: UTF-8, a header line, and comma, semicolon or tab between
 * the values. A name that ends with {@code .gz} is unpacked.
 */
public final class CsvReading {
  /** Columns with more values than this keep their texts without looking for equal ones. */
  private static final int SHARED_TEXTS = 10_000;

  /** The name of a first column without one: pandas writes the numbers of the rows there. */
  public static final String INDEX = "(index)";

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final List<List<String>> columns = new ArrayList<>();
  private final List<Map<String, String>> texts = new ArrayList<>();

  private CsvReading(Path file) {
    this.file = file;
  }

  /** Reads the file; a mistake in it is one line for the user. */
  public static TextColumns read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StartupException(file + " is not a file");
    }
    try {
      return new CsvReading(file).table();
    } catch (IOException | UncheckedIOException e) {
      throw new StartupException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private TextColumns table() throws IOException {
    try (var reader = open()) {
      String header = withoutMark(reader.readLine());
      if (header == null || header.isBlank()) {
        throw new StartupException(file + " has no header line");
      }
      CSVFormat format =
          CSVFormat.DEFAULT.builder().setDelimiter(delimiter(header)).setTrim(true).get();
      List<String> names = names(header, format);
      try (CSVParser rows = CSVParser.parse(reader, format)) {
        for (CSVRecord row : rows) {
          add(row, names.size(), rows.getCurrentLineNumber() + 1);
        }
      }
      if (columns.getFirst().isEmpty()) {
        throw new StartupException(file + " has no rows");
      }
      return new TextColumns(
          names, columns.stream().map(column -> column.toArray(String[]::new)).toList());
    }
  }

  private BufferedReader open() throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static char delimiter(String header) {
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static @Nullable String withoutMark(@Nullable String line) {
    return line != null && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(each -> each == wanted).count();
  }

  private List<String> names(String header, CSVFormat format) throws IOException {
    try (CSVParser parser = CSVParser.parse(header, format)) {
      List<String> names = new ArrayList<>(parser.getRecords().getFirst().toList());
      if (names.size() > 1 && names.getFirst().isEmpty()) {
        names.set(0, INDEX);
      }
      var seen = new HashSet<String>();
      for (String name : names) {
        if (name.isEmpty() || !seen.add(name)) {
          throw new StartupException(
              file + ": the column name \"" + name + "\" is empty or stands twice in the header");
        }
        columns.add(new ArrayList<>());
        texts.add(new HashMap<>());
      }
      return names;
    }
  }

  private void add(CSVRecord row, int width, long line) {
    if (row.size() == 1 && row.get(0).isEmpty() && width > 1) {
      return; // an empty line
    }
    if (row.size() != width) {
      throw new StartupException(
          file + ", line " + line + ": " + row.size() + " values for " + width + " columns");
    }
    for (int column = 0; column < width; column++) {
      columns.get(column).add(shared(row.get(column), texts.get(column)));
    }
  }

  /** Returns one object for equal texts: most columns have few values. */
  private static String shared(String text, Map<String, String> known) {
    String found = known.get(text);
    if (found != null) {
      return found;
    }
    if (known.size() < SHARED_TEXTS) {
      known.put(text, text);
    }
    return text;
  }
}
