package io.weir.training.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The nodes of XGBoost's trees, as the attributes of ONNX's TreeEnsembleRegressor. */
final class OnnxNodes {
  /** Kinds of an attribute in onnx.proto. */
  private static final int FLOATS = 6;

  private static final int INTS = 7;
  private static final int STRINGS = 8;

  private final List<Long> treeIds = new ArrayList<>();
  private final List<Long> nodeIds = new ArrayList<>();
  private final List<Long> features = new ArrayList<>();
  private final List<Long> trueIds = new ArrayList<>();
  private final List<Long> falseIds = new ArrayList<>();
  private final List<Long> missingTrue = new ArrayList<>();
  private final List<Float> thresholds = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Long> leafTrees = new ArrayList<>();
  private final List<Long> leafNodes = new ArrayList<>();
  private final List<Float> leafWeights = new ArrayList<>();

  void add(JsonNode tree, long number) {
    int size = tree.path("left_children").size();
    for (int node = 0; node < size; node++) {
      long left = tree.path("left_children").get(node).longValue();
      boolean isLeaf = left < 0;
      float value = tree.path("split_conditions").get(node).floatValue();
      treeIds.add(number);
      nodeIds.add((long) node);
      features.add(isLeaf ? 0 : tree.path("split_indices").get(node).longValue());
      modes.add(isLeaf ? "LEAF" : "BRANCH_LT");
      thresholds.add(isLeaf ? 0 : value);
      trueIds.add(isLeaf ? 0 : left);
      falseIds.add(isLeaf ? 0 : tree.path("right_children").get(node).longValue());
      missingTrue.add(isLeaf ? 0 : tree.path("default_left").get(node).longValue());
      if (isLeaf) {
        leafTrees.add(number);
        leafNodes.add((long) node);
        leafWeights.add(value);
      }
    }
  }

  void writeTo(ProtobufMessage node) {
    ints(node, "nodes_treeids", treeIds);
    ints(node, "nodes_nodeids", nodeIds);
    ints(node, "nodes_featureids", features);
    ints(node, "nodes_truenodeids", trueIds);
    ints(node, "nodes_falsenodeids", falseIds);
    ints(node, "nodes_missing_value_tracks_true", missingTrue);
    floats(node, "nodes_values", thresholds);
    var texts = new ProtobufMessage().text(1, "nodes_modes").number(20, STRINGS);
    modes.forEach(mode -> texts.text(9, mode));
    node.message(5, texts);
    ints(node, "target_treeids", leafTrees);
    ints(node, "target_nodeids", leafNodes);
    ints(node, "target_ids", leafTrees.stream().map(_ -> 0L).toList());
    floats(node, "target_weights", leafWeights);
  }

  private static void ints(ProtobufMessage node, String name, List<Long> values) {
    long[] all = values.stream().mapToLong(Long::longValue).toArray();
    node.message(5, new ProtobufMessage().text(1, name).number(20, INTS).numbers(8, all));
  }

  static void floats(ProtobufMessage node, String name, List<Float> values) {
    var all = new float[values.size()];
    for (int at = 0; at < all.length; at++) {
      all[at] = values.get(at);
    }
    node.message(5, new ProtobufMessage().text(1, name).number(20, FLOATS).reals(7, all));
  }
}
