package io.weir.scoring.train;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.scoring.model.TreeNodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes trees in XGBoost's JSON model format, so that XGBoost itself can read them. */
public final class ModelWriter {
  /** The parent of a root in XGBoost's files. */
  private static final int ROOT_PARENT = Integer.MAX_VALUE;

  /** The version of XGBoost that introduced this format. */
  private static final int[] FORMAT = {2, 1, 4};

  private final TrainedTrees trained;
  private final List<String> names;
  private final JsonGenerator json;

  private ModelWriter(TrainedTrees trained, List<String> names, JsonGenerator json) {
    this.trained = trained;
    this.names = names;
    this.json = json;
  }

  /** The bytes of the file; the same trees and attributes give the same bytes. */
  public static byte[] write(
      TrainedTrees trained, List<String> names, Map<String, String> attributes) {
    var bytes = new ByteArrayOutputStream(1 << 16);
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      new ModelWriter(trained, names, json).document(new TreeMap<>(attributes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void document(Map<String, String> attributes) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("learner");
    texts("attributes", attributes);
    list("feature_names", names);
    list("feature_types", names.stream().map(_ -> "float").toList());
    json.writeObjectFieldStart("gradient_booster");
    booster();
    json.writeStringField("name", "gbtree");
    json.writeEndObject();
    texts("learner_model_param", learnerParameters());
    json.writeObjectFieldStart("objective");
    json.writeStringField("name", "binary:logistic");
    texts("reg_loss_param", Map.of("scale_pos_weight", "1"));
    json.writeEndObject();
    json.writeEndObject();
    ints("version", FORMAT);
    json.writeEndObject();
  }

  private Map<String, String> learnerParameters() {
    var parameters = new TreeMap<String, String>();
    parameters.put("base_score", Float.toString(trained.baseScore()));
    parameters.put("boost_from_average", "1");
    parameters.put("num_class", "0");
    parameters.put("num_feature", Integer.toString(trained.features()));
    parameters.put("num_target", "1");
    return parameters;
  }

  private void booster() throws IOException {
    int count = trained.count();
    json.writeObjectFieldStart("model");
    var parameters = new TreeMap<String, String>();
    parameters.put("num_parallel_tree", "1");
    parameters.put("num_trees", Integer.toString(count));
    texts("gbtree_model_param", parameters);
    var firstTreeOfRound = new int[count + 1];
    for (int round = 0; round <= count; round++) {
      firstTreeOfRound[round] = round;
    }
    ints("iteration_indptr", firstTreeOfRound);
    ints("tree_info", new int[count]);
    json.writeArrayFieldStart("trees");
    for (int number = 0; number < count; number++) {
      tree(trained.trees().get(number), number);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void tree(GrownTree tree, int number) throws IOException {
    TreeNodes nodes = tree.nodes();
    int size = nodes.size();
    json.writeStartObject();
    floats("base_weights", tree.weight());
    for (String none : List.of("", "_nodes", "_segments", "_sizes")) {
      ints("categories" + none, new int[0]);
    }
    json.writeArrayFieldStart("default_left");
    for (boolean goesLeft : nodes.defaultsLeft()) {
      json.writeNumber(goesLeft ? 1 : 0);
    }
    json.writeEndArray();
    json.writeNumberField("id", number);
    ints("left_children", nodes.left());
    floats("loss_changes", tree.gain());
    ints("parents", parents(tree));
    ints("right_children", nodes.right());
    json.writeArrayFieldStart("split_conditions");
    for (float value : nodes.value()) {
      json.writeNumber(value);
    }
    json.writeEndArray();
    ints("split_indices", nodes.feature());
    ints("split_type", new int[size]);
    floats("sum_hessian", tree.hessian());
    texts("tree_param", treeParameters(size));
    json.writeEndObject();
  }

  private static int[] parents(GrownTree tree) {
    int[] parents = tree.parent().clone();
    parents[0] = ROOT_PARENT;
    return parents;
  }

  private Map<String, String> treeParameters(int size) {
    var parameters = new TreeMap<String, String>();
    parameters.put("num_deleted", "0");
    parameters.put("num_feature", Integer.toString(trained.features()));
    parameters.put("num_nodes", Integer.toString(size));
    parameters.put("size_leaf_vector", "1");
    return parameters;
  }

  private void texts(String field, Map<String, String> values) throws IOException {
    json.writeObjectFieldStart(field);
    for (var entry : values.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private void list(String field, List<String> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void ints(String field, int[] values) throws IOException {
    json.writeFieldName(field);
    json.writeArray(values, 0, values.length);
  }

  private void floats(String field, double[] values) throws IOException {
    json.writeArrayFieldStart(field);
    for (double value : values) {
      json.writeNumber((float) value);
    }
    json.writeEndArray();
  }
}
