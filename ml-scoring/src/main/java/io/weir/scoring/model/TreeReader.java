package io.weir.scoring.model;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads one tree of a model file. */
final class TreeReader {
  private final JsonNode tree;
  private final int number;

  private TreeReader(JsonNode tree, int number) {
    this.tree = tree;
    this.number = number;
  }

  static TreeNodes read(JsonNode tree, int number) throws ModelFormatException {
    return new TreeReader(tree, number).nodes();
  }

  private TreeNodes nodes() throws ModelFormatException {
    refuseCategories();
    int size = tree.path("left_children").size();
    if (size == 0) {
      throw broken("left_children", "there is no node");
    }
    var left = new int[size];
    var right = new int[size];
    var feature = new int[size];
    var value = new float[size];
    var defaultsLeft = new boolean[size];
    for (int node = 0; node < size; node++) {
      left[node] = whole("left_children", node);
      right[node] = whole("right_children", node);
      feature[node] = whole("split_indices", node);
      value[node] = number("split_conditions", node).floatValue();
      defaultsLeft[node] = direction(node);
    }
    return new TreeNodes(left, right, feature, value, defaultsLeft, cover(size));
  }

  /** The weights of the training rows; files that were written by hand may not have them. */
  private float[] cover(int size) throws ModelFormatException {
    if (tree.path("sum_hessian").isEmpty()) {
      return new float[0];
    }
    var cover = new float[size];
    for (int node = 0; node < size; node++) {
      cover[node] = number("sum_hessian", node).floatValue();
    }
    return cover;
  }

  private void refuseCategories() throws ModelFormatException {
    if (!tree.path("categories_nodes").isEmpty()) {
      throw broken("categories_nodes", "categorical splits are not supported, only numeric ones");
    }
    String leafSize = tree.path("tree_param").path("size_leaf_vector").asText("1");
    if (!leafSize.equals("0") && !leafSize.equals("1")) {
      throw broken("tree_param.size_leaf_vector", "vector leaves are not supported");
    }
  }

  /** Reads a direction, written as 0 and 1, by some versions as false and true. */
  private boolean direction(int node) throws ModelFormatException {
    JsonNode found = tree.path("default_left").path(node);
    return found.isBoolean() ? found.booleanValue() : whole("default_left", node) != 0;
  }

  private int whole(String field, int node) throws ModelFormatException {
    JsonNode found = number(field, node);
    if (!found.isIntegralNumber() || !found.canConvertToInt()) {
      throw broken(field, "node " + node + ": " + found + " is not a whole number");
    }
    return found.intValue();
  }

  private JsonNode number(String field, int node) throws ModelFormatException {
    JsonNode found = tree.path(field).path(node);
    if (!found.isNumber()) {
      throw broken(field, "node " + node + " has no number");
    }
    return found;
  }

  private ModelFormatException broken(String field, String why) {
    return new ModelFormatException("tree " + number + ", " + field + ": " + why);
  }
}
