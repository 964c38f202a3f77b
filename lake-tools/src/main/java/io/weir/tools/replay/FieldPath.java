package io.weir.tools.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A path in a JSON object: {@code campaign.source}, {@code products[0].price}, {@code a[*].b}. */
record FieldPath(String text, List<Step> steps) {

  /** One step from a value to a value inside it. */
  sealed interface Step {
    /** The field of an object. */
    record Field(String name) implements Step {}

    /** One element of a list. */
    record Element(int index) implements Step {}

    /** Each element of a list. */
    record Each() implements Step {}

    default @Nullable JsonNode of(JsonNode node) {
      return switch (this) {
        case Field(String name) -> node.get(name);
        case Element(int index) -> node.get(index);
        case Each() -> null;
      };
    }
  }

  /** A path without {@code [*]}, and the indexes that replaced them. */
  record Match(FieldPath path, List<Integer> elements) {}

  FieldPath {
    steps = List.copyOf(steps);
  }

  long lists() {
    return steps.stream().filter(Step.Each.class::isInstance).count();
  }

  /** All matches of this path in a document. Lists must exist, fields need not. */
  List<Match> matches(JsonNode root) {
    var matches = new ArrayList<Match>();
    collect(root, new ArrayList<>(), new ArrayList<>(), matches);
    return matches;
  }

  private void collect(
      @Nullable JsonNode node, List<Step> before, List<Integer> elements, List<Match> matches) {
    if (before.size() == steps.size()) {
      matches.add(new Match(new FieldPath(text, before), List.copyOf(elements)));
      return;
    }
    Step step = steps.get(before.size());
    if (!(step instanceof Step.Each)) {
      before.add(step);
      collect(node == null ? null : step.of(node), before, elements, matches);
      before.removeLast();
      return;
    }
    int size = node instanceof ArrayNode list ? list.size() : 0;
    for (int i = 0; i < size && node != null; i++) {
      before.add(new Step.Element(i));
      elements.add(i);
      collect(node.get(i), before, elements, matches);
      elements.removeLast();
      before.removeLast();
    }
  }

  /** The same path with the given indexes in place of its {@code [*]}, in their order. */
  FieldPath bind(List<Integer> elements) {
    var bound = new ArrayList<Step>(steps);
    int next = 0;
    for (int i = 0; i < bound.size(); i++) {
      if (bound.get(i) instanceof Step.Each) {
        bound.set(i, new Step.Element(elements.get(next++)));
      }
    }
    return new FieldPath(text, bound);
  }

  Optional<JsonNode> find(JsonNode root) {
    return Optional.ofNullable(walk(root, steps.size()));
  }

  private @Nullable JsonNode walk(JsonNode root, int length) {
    JsonNode node = root;
    for (int i = 0; i < length && node != null; i++) {
      node = steps.get(i).of(node);
    }
    return node;
  }

  void remove(JsonNode root) {
    JsonNode parent = walk(root, steps.size() - 1);
    switch (steps.getLast()) {
      case Step.Field(String name) when parent instanceof ObjectNode object -> object.remove(name);
      case Step.Element(int index) when parent instanceof ArrayNode list -> list.remove(index);
      case Step.Field _, Step.Element _, Step.Each _ -> {}
    }
  }

  /**
   * Puts a value at this path, and creates missing objects on the way. Returns the reason if that
   * is impossible.
   */
  Optional<String> put(ObjectNode root, JsonNode value) {
    JsonNode node = root;
    for (int i = 0; i < steps.size() - 1; i++) {
      Step step = steps.get(i);
      JsonNode child = step.of(node);
      boolean isNothing = child == null || child.isNull();
      if (isNothing && steps.get(i + 1) instanceof Step.Field) {
        child = root.objectNode();
        if (!set(node, step, child)) {
          return misfit();
        }
      }
      if (child == null) {
        return misfit();
      }
      node = child;
    }
    return set(node, steps.getLast(), value) ? Optional.empty() : misfit();
  }

  private Optional<String> misfit() {
    return Optional.of(text + " has no place in it");
  }

  private static boolean set(JsonNode parent, Step step, JsonNode value) {
    if (parent instanceof ObjectNode object && step instanceof Step.Field(String name)) {
      object.set(name, value);
      return true;
    }
    if (parent instanceof ArrayNode list
        && step instanceof Step.Element(int index)
        && index < list.size()) {
      list.set(index, value);
      return true;
    }
    return false;
  }
}
