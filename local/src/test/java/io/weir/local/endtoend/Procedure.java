package io.weir.local.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands, settings and statements of docs/rebuild.md, cut out of the document. */
record Procedure(String text) {
  private static final Pattern SETTING =
      Pattern.compile("(?m)^\\| `(WEIR_\\w+)`[^|]*\\|[^|]*\\| `([^`]+)`");
  private static final Pattern DATABASE = Pattern.compile("`(CREATE DATABASE [^`]+)`");
  private static final Pattern REPLAY = Pattern.compile("`\\./weir (replay [^`]+)`");
  private static final Pattern STATEMENT = Pattern.compile("(?m)((?:^ {7}\\S.*\\R)+)");
  private static final String EXAMPLE_FROM = "2026-03-01";
  private static final String EXAMPLE_BEFORE = "2026-03-02";

  static Procedure read(Path document) {
    try {
      return new Procedure(Files.readString(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same procedure with another name for what is rebuilt. */
  Procedure named(String name) {
    return new Procedure(text.replace("rebuild", name));
  }

  /** The settings for the rebuild that the table gives a value. */
  Map<String, String> settings(String postgres) {
    var settings = new HashMap<String, String>();
    for (MatchResult row : SETTING.matcher(text).results().toList()) {
      settings.put(row.group(1), row.group(2).replace("…", postgres));
    }
    return settings;
  }

  String createDatabase() {
    return only(DATABASE);
  }

  /** The arguments of lake-tools. */
  List<String> replay(Instant from) {
    return List.of(replaced(only(REPLAY), EXAMPLE_FROM, from).split(" "));
  }

  String lakeQuery(Instant before) {
    return query("silver.sessions", before);
  }

  String goldQuery(Instant before) {
    return query("gold.session_metrics", before);
  }

  private String query(String table, Instant before) {
    List<String> found = all(STATEMENT).stream().filter(each -> each.contains(table)).toList();
    return replaced(one(found, "statement on " + table), EXAMPLE_BEFORE, before);
  }

  private static String replaced(String command, String example, Instant time) {
    if (!command.contains(example)) {
      throw new AssertionError("no " + example + " in: " + command);
    }
    return command.replace(example, time.toString());
  }

  private String only(Pattern pattern) {
    return one(all(pattern), pattern.pattern());
  }

  private List<String> all(Pattern pattern) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String one(List<String> found, String what) {
    if (found.size() != 1) {
      throw new AssertionError("not one " + what + " in the document: " + found);
    }
    return found.getFirst();
  }
}
