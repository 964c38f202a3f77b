package io.weir.scoring.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of the Open Inference Protocol. */
final class InferenceAnswers {
  private InferenceAnswers() {}

  @Serdeable
  record Live(boolean live) {}

  @Serdeable
  record Ready(boolean ready) {}

  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Server(String name, String version, List<String> extensions) {}

  /** A model, its inputs and its outputs. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ServedModel(
      String name,
      List<String> versions,
      String platform,
      List<TensorKind> inputs,
      List<TensorKind> outputs) {}

  /**
   * The kind of a tensor.
   *
   * @param shape -1 stands for any size
   */
  @Serdeable
  record TensorKind(String name, String datatype, List<Integer> shape) {}

  /**
   * The answer to a request for inference.
   *
   * @param id of the request, if it had one
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Inferred(
      @JsonProperty("model_name") String modelName,
      @JsonProperty("model_version") String modelVersion,
      @Nullable String id,
      List<Tensor> outputs) {}

  /** The values of a tensor, row by row. */
  @Serdeable
  record Tensor(String name, String datatype, List<Integer> shape, List<Double> data) {}
}
