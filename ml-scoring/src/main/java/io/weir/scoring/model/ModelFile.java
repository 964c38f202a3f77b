package io.weir.scoring.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model in XGBoost's JSON format, as {@code booster.save_model("model.json")} writes it.
 * Supported are the {@code gbtree} booster, the objective {@code binary:logistic} and numeric
 * splits. Two models that a feature joins are cut apart.
 *
 * @param features the feature names in the order of the vector
 * @param attributes free text that is stored in the file
 */
public record ModelFile(Trees ensemble, List<String> features, Map<String, String> attributes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The feature that may join the trees of two models. */
  private static final String JOIN = "is_over";

  public ModelFile {
    features = List.copyOf(features);
    attributes = Map.copyOf(attributes);
  }

  public static ModelFile parse(byte[] bytes) throws ModelFormatException {
    JsonNode root = document(bytes);
    JsonNode learner = JsonFields.object(root, "learner");
    requireText(learner, "learner.objective", "name", "binary:logistic");
    requireText(learner, "learner.gradient_booster", "name", "gbtree");
    JsonNode parameters = JsonFields.object(learner, "learner_model_param");
    int featureCount = JsonFields.integer(parameters, "num_feature");
    requireAtMost(parameters, "num_class", 1);
    requireAtMost(parameters, "num_target", 1);
    JsonNode booster = JsonFields.object(learner, "gradient_booster");
    List<TreeNodes> trees = trees(JsonFields.object(booster, "model"));
    float baseScore = baseScore(parameters);
    List<String> names = names(learner);
    Trees whole = TreeEnsemble.of(featureCount, baseScore, trees);
    return new ModelFile(
        JoinedTrees.of(featureCount, baseScore, trees, names.indexOf(JOIN))
            .map(Trees.class::cast)
            .orElse(whole),
        names,
        attributes(learner));
  }

  private static JsonNode document(byte[] bytes) throws ModelFormatException {
    if (bytes.length > 1 && bytes[0] == '{' && bytes[1] == 'L') {
      throw new ModelFormatException(
          "this is XGBoost's binary UBJ format; save the model under a name that ends with .json");
    }
    try {
      JsonNode root = JSON.readTree(bytes);
      if (root == null || !root.isObject()) {
        throw new ModelFormatException("not a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      String where = "line " + e.getLocation().getLineNr();
      throw new ModelFormatException("not JSON: " + where + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ModelFormatException("not readable: " + e.getMessage(), e);
    }
  }

  private static void requireText(JsonNode learner, String path, String field, String wanted)
      throws ModelFormatException {
    JsonNode holder = JsonFields.object(learner, path.substring(path.indexOf('.') + 1));
    String found = holder.path(field).asText();
    if (!found.equals(wanted)) {
      throw new ModelFormatException(
          path + "." + field + ": is \"" + found + "\"; only \"" + wanted + "\" is supported");
    }
  }

  private static void requireAtMost(JsonNode parameters, String field, int most)
      throws ModelFormatException {
    if (parameters.has(field) && JsonFields.integer(parameters, field) > most) {
      throw new ModelFormatException(
          "learner_model_param." + field + ": only one yes-or-no outcome is supported");
    }
  }

  /** Reads a number written as text; since XGBoost 3.1 the text is an array of one number. */
  private static float baseScore(JsonNode parameters) throws ModelFormatException {
    String text = parameters.path("base_score").asText();
    String bare = text.startsWith("[") && text.endsWith("]") ? inside(text) : text;
    try {
      return Float.parseFloat(bare);
    } catch (NumberFormatException e) {
      throw new ModelFormatException(
          "learner_model_param.base_score: \"" + text + "\" is not a number", e);
    }
  }

  private static String inside(String text) {
    return text.substring(1, text.length() - 1);
  }

  private static List<TreeNodes> trees(JsonNode model) throws ModelFormatException {
    JsonNode array = model.path("trees");
    if (!array.isArray() || array.isEmpty()) {
      throw new ModelFormatException("learner.gradient_booster.model.trees: there is no tree");
    }
    var trees = new ArrayList<TreeNodes>(array.size());
    for (JsonNode tree : array) {
      trees.add(TreeReader.read(tree, trees.size()));
    }
    return trees;
  }

  private static List<String> names(JsonNode learner) {
    var names = new ArrayList<String>();
    learner.path("feature_names").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static Map<String, String> attributes(JsonNode learner) {
    var attributes = new TreeMap<String, String>();
    learner
        .path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return attributes;
  }
}
