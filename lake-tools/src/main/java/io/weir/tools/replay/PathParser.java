package io.weir.tools.replay;

import io.weir.process.StartupException;
import io.weir.tools.replay.FieldPath.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses paths such as {@code campaign.source} and {@code products[*].price}. {@code \.} is a point
 * in a name.
 */
final class PathParser {
  private static final int MOST_DIGITS = 6;

  private final String text;
  private final List<Step> steps = new ArrayList<>();
  private int at;

  private PathParser(String text) {
    this.text = text;
  }

  static FieldPath parse(String text) {
    return new PathParser(text).parse();
  }

  private FieldPath parse() {
    field();
    while (at < text.length()) {
      if (text.charAt(at) == '[') {
        element();
      } else {
        at++;
        field();
      }
    }
    return new FieldPath(text, steps);
  }

  private void field() {
    var name = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      name.append(text.charAt(at++));
    }
    if (name.isEmpty()) {
      throw bad();
    }
    steps.add(new Step.Field(name.toString()));
  }

  private void element() {
    int end = text.indexOf(']', at);
    String inside = end < 0 ? "" : text.substring(at + 1, end);
    at = end + 1;
    boolean goesOn = at == text.length() || text.charAt(at) == '.' || text.charAt(at) == '[';
    if (!goesOn) {
      throw bad();
    }
    if (inside.equals("*")) {
      steps.add(new Step.Each());
    } else if (isNumber(inside)) {
      steps.add(new Step.Element(Integer.parseInt(inside)));
    } else {
      throw bad();
    }
  }

  private static boolean isNumber(String inside) {
    return !inside.isEmpty()
        && inside.length() <= MOST_DIGITS
        && inside.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private StartupException bad() {
    return new StartupException(
        "'" + text + "' is not a path such as currency, campaign.source or products[*].price");
  }
}
