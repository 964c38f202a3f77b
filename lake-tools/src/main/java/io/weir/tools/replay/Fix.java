package io.weir.tools.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A change of a JSON object. Only {@link Put} creates values; the others do nothing if the value is
 * missing.
 */
sealed interface Fix {

  /** Changes the object. Returns the reason if the fix does not fit. */
  Optional<String> apply(ObjectNode root);

  /** Sets a value and replaces an existing one. */
  record Put(FieldPath path, JsonNode value) implements Fix {
    @Override
    public Optional<String> apply(ObjectNode root) {
      for (FieldPath.Match match : path.matches(root)) {
        Optional<String> problem = match.path().put(root, value.deepCopy());
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
  }

  /** Moves a value to a path that has none. */
  record Rename(FieldPath from, FieldPath to) implements Fix {
    @Override
    public Optional<String> apply(ObjectNode root) {
      for (FieldPath.Match match : from.matches(root).reversed()) {
        Optional<JsonNode> value = match.path().find(root);
        if (value.isEmpty()) {
          continue;
        }
        FieldPath target = to.bind(match.elements());
        if (target.find(root).filter(there -> !there.isNull()).isPresent()) {
          return Optional.of(to.text() + " exists already");
        }
        match.path().remove(root);
        Optional<String> problem = target.put(root, value.get());
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
  }

  /** Removes a value. */
  record Drop(FieldPath path) implements Fix {
    @Override
    public Optional<String> apply(ObjectNode root) {
      path.matches(root).reversed().forEach(match -> match.path().remove(root));
      return Optional.empty();
    }
  }

  /** Changes a number or flag to text. */
  record ToText(FieldPath path) implements Fix {
    @Override
    public Optional<String> apply(ObjectNode root) {
      for (FieldPath.Match match : path.matches(root)) {
        JsonNode value = match.path().find(root).orElse(TextNode.valueOf(""));
        if (value.isContainerNode()) {
          return Optional.of(path.text() + " is an object or a list");
        }
        if (value.isNumber() || value.isBoolean()) {
          match.path().put(root, TextNode.valueOf(value.asText()));
        }
      }
      return Optional.empty();
    }
  }

  /** Changes a text to the number that it contains. */
  record ToNumber(FieldPath path) implements Fix {
    private static final int LONGEST = 100;

    @Override
    public Optional<String> apply(ObjectNode root) {
      for (FieldPath.Match match : path.matches(root)) {
        Optional<JsonNode> value = match.path().find(root);
        if (value.isEmpty() || value.get().isNumber() || value.get().isNull()) {
          continue;
        }
        String text = value.get().isTextual() ? value.get().textValue().strip() : "";
        try {
          match.path().put(root, DecimalNode.valueOf(number(text)));
        } catch (NumberFormatException e) {
          return Optional.of(path.text() + " is not a number");
        }
      }
      return Optional.empty();
    }

    private static BigDecimal number(String text) {
      if (text.length() > LONGEST) {
        throw new NumberFormatException("longer than " + LONGEST);
      }
      return new BigDecimal(text);
    }
  }
}
