package io.weir.training.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Joins two models into one by a feature that is 0 or 1. Each tree gets a root that asks for the
 * feature, and a leaf of zero for the rows of the other model. So each row has the margin that its
 * own model gives, but for the rounding of sums. Both models must have the same base score.
 */
final class TreeJoin {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NO_PARENT = Integer.MAX_VALUE;
  private static final int LEAF = 1;
  private static final int FORMER_ROOT = 2;
  private static final String CHILD = "_children";

  private TreeJoin() {}

  /**
   * One model of two.
   *
   * @param zeros for rows whose feature is 0
   * @param ones for rows whose feature is 1 or missing
   * @param place of the feature in the vector
   */
  static BoostedTrees join(BoostedTrees zeros, BoostedTrees ones, int place) {
    try {
      var joined = (ObjectNode) JSON.readTree(ones.json());
      List<ObjectNode> ofZeros = trees(JSON.readTree(zeros.json()));
      List<ObjectNode> ofOnes = trees(joined);
      var trees = new ArrayList<ObjectNode>();
      for (ObjectNode tree : ofOnes) {
        trees.add(rooted(tree, place, "right", weight(ofZeros, trees.size())));
      }
      for (ObjectNode tree : ofZeros) {
        int at = trees.size() - ofOnes.size();
        trees.add(rooted(tree, place, "left", weight(ofOnes, at)));
      }
      fill((ObjectNode) joined.at("/learner/gradient_booster/model"), trees);
      return BoostedTrees.load(JSON.writeValueAsBytes(joined));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ObjectNode> trees(JsonNode model) {
    var trees = new ArrayList<ObjectNode>();
    model.at("/learner/gradient_booster/model/trees").forEach(tree -> trees.add((ObjectNode) tree));
    return trees;
  }

  /** The weight of all rows at a tree of the other model, or at its last one. */
  private static double weight(List<ObjectNode> others, int at) {
    ObjectNode other = others.get(Math.min(at, others.size() - 1));
    return other.path("sum_hessian").path(0).doubleValue();
  }

  /** The tree below a new root, on the given side of it; the other side is a leaf of zero. */
  private static ObjectNode rooted(ObjectNode tree, int place, String side, double others) {
    double own = tree.path("sum_hessian").path(0).doubleValue();
    var rooted = tree.deepCopy();
    for (String each : List.of("left", "right")) {
      int child = each.equals(side) ? FORMER_ROOT : LEAF;
      rooted.set(each + CHILD, links(tree.path(each + CHILD), child, -1, -1));
    }
    rooted.set("parents", links(tree.path("parents"), NO_PARENT, 0, NO_PARENT));
    ((ArrayNode) rooted.path("parents")).set(FORMER_ROOT, 0);
    Map.of("split_indices", place, "default_left", 0, "split_type", 0)
        .forEach((name, value) -> before(rooted.path(name), value));
    before(rooted.path("split_conditions"), 0.5, 0);
    before(rooted.path("base_weights"), 0, 0);
    before(rooted.path("loss_changes"), 0, 0);
    before(rooted.path("sum_hessian"), own + others, others);
    int nodes = rooted.path("parents").size();
    ((ObjectNode) rooted.path("tree_param")).put("num_nodes", String.valueOf(nodes));
    return rooted;
  }

  /** Numbers of nodes, which move by two; {@code none} stays. */
  private static ArrayNode links(JsonNode former, int ofRoot, int ofLeaf, int none) {
    ArrayNode links = JSON.createArrayNode().add(ofRoot).add(ofLeaf);
    former.forEach(
        link -> links.add(link.intValue() == none ? none : link.intValue() + FORMER_ROOT));
    return links;
  }

  private static void before(JsonNode values, int ofRoot) {
    ((ArrayNode) values).insert(0, 0).insert(0, ofRoot);
  }

  private static void before(JsonNode values, double ofRoot, double ofLeaf) {
    ((ArrayNode) values).insert(0, ofLeaf).insert(0, ofRoot);
  }

  private static void fill(ObjectNode model, List<ObjectNode> trees) {
    ArrayNode all = model.putArray("trees");
    ArrayNode info = model.putArray("tree_info");
    ArrayNode rounds = model.putArray("iteration_indptr").add(0);
    for (ObjectNode tree : trees) {
      all.add(tree.put("id", all.size()));
      info.add(0);
      rounds.add(all.size());
    }
    ((ObjectNode) model.path("gbtree_model_param")).put("num_trees", String.valueOf(all.size()));
  }
}
