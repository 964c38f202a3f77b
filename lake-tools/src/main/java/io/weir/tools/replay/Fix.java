package io.weir.tools.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Optional;

/** A change of a JSON object. What is not there is left alone, except by {@link Put}. */
sealed interface Fix {

  /** Tells why the object is not one that can be changed so. */
  Optional<String> apply(ObjectNode root);

  /** Sets a value, whatever was there. */
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

  /** Moves a value to where nothing is. */
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
          return Optional.of(to.text() + " is there already");
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

  /** A number or flag becomes text. */
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

  /** A text becomes the number it says. */
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
          return Optional.of(path.text() + " says no number");
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
