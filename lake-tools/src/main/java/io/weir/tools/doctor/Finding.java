package io.weir.tools.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What was seen of one part.
 *
 * @param subject the thing of which it was seen, such as a topic; empty if that is the part itself
 * @param action what to do, empty if nothing
 */
record Finding(Level level, String part, String subject, String text, String action) {
  /** So many things are named where the same is true of more. */
  private static final int NAMED = 3;

  /** How bad it is. */
  enum Level {
    OK,
    /** Works, but somebody should look. */
    WARN,
    /** Does not work, or soon will not. */
    FAIL
  }

  static Finding ok(String part, String text) {
    return new Finding(Level.OK, part, "", text, "");
  }

  static Finding warn(String part, String text, String action) {
    return new Finding(Level.WARN, part, "", text, action);
  }

  static Finding fail(String part, String text, String action) {
    return new Finding(Level.FAIL, part, "", text, action);
  }

  Finding of(String thing) {
    return new Finding(level, part, thing, text, action);
  }

  /** The sentence, with its subject. */
  String sentence() {
    return subject.isEmpty() ? text : subject + ": " + text;
  }

  /** The same sentence about many things becomes one. */
  static List<Finding> merged(List<Finding> seen) {
    var subjects = new LinkedHashMap<Finding, List<String>>();
    for (Finding each : seen) {
      subjects.computeIfAbsent(each.of(""), _ -> new ArrayList<>()).add(each.subject);
    }
    var merged = new ArrayList<Finding>();
    subjects.forEach((finding, names) -> merged.add(finding.of(listed(names))));
    return merged;
  }

  private static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }
}
