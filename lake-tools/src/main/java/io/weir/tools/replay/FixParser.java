package io.weir.tools.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.weir.process.StartupException;

/** Parses fixes from the command line. */
final class FixParser {
  private FixParser() {}

  /** Parses {@code path=value}. The value is JSON if it can be parsed as JSON, otherwise a text. */
  static Fix put(String text) {
    String[] parts = split("--set", text, "path=value, for example currency=EUR");
    return new Fix.Put(PathParser.parse(parts[0]), value(parts[1]));
  }

  static Fix rename(String text) {
    String[] parts = split("--rename", text, "old=new, for example ts=event_time");
    FieldPath from = PathParser.parse(parts[0]);
    FieldPath to = PathParser.parse(parts[1]);
    if (from.lists() != to.lists() || from.steps().equals(to.steps())) {
      throw new StartupException(
          "--rename " + text + " needs two different paths with the same number of [*]");
    }
    return new Fix.Rename(from, to);
  }

  static Fix cast(String text) {
    String wanted = "path=string or path=number, for example value=number";
    String[] parts = split("--cast", text, wanted);
    FieldPath path = PathParser.parse(parts[0]);
    return switch (parts[1]) {
      case "string" -> new Fix.ToText(path);
      case "number" -> new Fix.ToNumber(path);
      default -> throw new StartupException("--cast " + text + " is not " + wanted);
    };
  }

  static Fix drop(String text) {
    return new Fix.Drop(PathParser.parse(text));
  }

  private static String[] split(String option, String text, String wanted) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new StartupException(option + " " + text + " is not " + wanted);
    }
    return new String[] {text.substring(0, equals), text.substring(equals + 1)};
  }

  private static JsonNode value(String text) {
    try {
      JsonNode node = Fixes.JSON.readTree(text);
      return node.isMissingNode() ? TextNode.valueOf(text) : node;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text); // A value that is not JSON is a text.
    }
  }
}
