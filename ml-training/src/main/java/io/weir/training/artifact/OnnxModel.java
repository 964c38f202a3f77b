package io.weir.training.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.training.quality.PlattScaling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The model as an ONNX graph: TreeEnsembleRegressor, then {@code slope * margin + intercept}, then
 * Sigmoid. Input {@code features} is float32 [N, features] with NaN for missing; output {@code
 * probability} is float32 [N, 1].
 *
 * <p>The numbers of the fields are those of onnx.proto.
 */
final class OnnxModel {
  private static final int FLOAT = 1;
  private static final int IR_VERSION = 8;
  private static final int OPERATORS = 15;
  private static final int MACHINE_LEARNING = 3;
  private static final String ML_DOMAIN = "ai.onnx.ml";

  private OnnxModel() {}

  /** Converts a model in XGBoost's JSON format. */
  static byte[] of(byte[] model, PlattScaling calibration) {
    JsonNode learner = read(model).path("learner");
    int features = learner.at("/learner_model_param/num_feature").asInt();
    return new ProtobufMessage()
        .number(1, IR_VERSION)
        .text(2, "weir")
        .message(7, graph(learner, calibration, features))
        .message(8, new ProtobufMessage().text(1, "").number(2, OPERATORS))
        .message(8, new ProtobufMessage().text(1, ML_DOMAIN).number(2, MACHINE_LEARNING))
        .toByteArray();
  }

  private static ProtobufMessage graph(JsonNode learner, PlattScaling calibration, int features) {
    return new ProtobufMessage()
        .message(1, trees(learner))
        .message(1, node("Mul", List.of("margin", "slope"), "scaled"))
        .message(1, node("Add", List.of("scaled", "intercept"), "calibrated"))
        .message(1, node("Sigmoid", List.of("calibrated"), "probability"))
        .text(2, "model")
        .message(5, scalar("slope", (float) calibration.slope()))
        .message(5, scalar("intercept", (float) calibration.intercept()))
        .message(11, matrix("features", features))
        .message(12, matrix("probability", 1));
  }

  private static ProtobufMessage trees(JsonNode learner) {
    var nodes = new OnnxNodes();
    long number = 0;
    for (JsonNode tree : learner.at("/gradient_booster/model/trees")) {
      nodes.add(tree, number++);
    }
    ProtobufMessage node = node("TreeEnsembleRegressor", List.of("features"), "margin");
    node.text(7, ML_DOMAIN);
    nodes.writeTo(node);
    OnnxNodes.floats(node, "base_values", List.of(baseMargin(learner)));
    node.message(5, new ProtobufMessage().text(1, "n_targets").number(20, 2).number(3, 1));
    return node;
  }

  /** XGBoost writes the base score as a probability, since 3.1 in brackets. */
  private static float baseMargin(JsonNode learner) {
    String text = learner.at("/learner_model_param/base_score").asText();
    double score = Float.parseFloat(text.replaceAll("[\\[\\]]", ""));
    return (float) -Math.log(1 / score - 1);
  }

  private static ProtobufMessage node(String operator, List<String> inputs, String output) {
    var node = new ProtobufMessage();
    inputs.forEach(input -> node.text(1, input));
    return node.text(2, output).text(3, output).text(4, operator);
  }

  private static ProtobufMessage scalar(String name, float value) {
    return new ProtobufMessage().number(2, FLOAT).reals(4, new float[] {value}).text(8, name);
  }

  private static ProtobufMessage matrix(String name, int width) {
    var shape =
        new ProtobufMessage()
            .message(1, new ProtobufMessage().text(2, "N"))
            .message(1, new ProtobufMessage().number(1, width));
    var tensor = new ProtobufMessage().number(1, FLOAT).message(2, shape);
    return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
  }

  private static JsonNode read(byte[] model) {
    try {
      return new ObjectMapper().readTree(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
