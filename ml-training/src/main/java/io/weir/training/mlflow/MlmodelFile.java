package io.weir.training.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.training.artifact.ModelArtifact;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * The files with which MLflow's Python loads {@code model.onnx}, in the flavours onnx and
 * python_function.
 */
record MlmodelFile(String model, String run, String place) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  SequencedMap<String, byte[]> files(ModelArtifact artifact, Instant now) {
    int width = artifact.encoding().features().size();
    var files = new LinkedHashMap<String, byte[]>();
    files.put("requirements.txt", "mlflow>=3\nonnx\nonnxruntime\nnumpy\npandas\n".getBytes(UTF_8));
    files.put("python_env.yaml", "dependencies:\n- -r requirements.txt\n".getBytes(UTF_8));
    files.put("MLmodel", text(width, now).getBytes(UTF_8));
    return files;
  }

  private String text(int width, Instant now) {
    return """
    artifact_path: %s
    flavors:
      onnx:
        code: null
        data: model.onnx
        onnx_version: 1.16.0
        providers:
        - CPUExecutionProvider
      python_function:
        data: model.onnx
        env:
          virtualenv: python_env.yaml
        loader_module: mlflow.onnx
        python_version: 3.11.0
    mlflow_version: 3.0.0
    model_id: %s
    model_uuid: %s
    run_id: %s
    signature:
      inputs: '[{"name":"features","type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,%d]}}]'
      outputs: '[{"name":"probability","type":"tensor","tensor-spec":{"dtype":"float32","shape":[-1,1]}}]'
    utc_time_created: '%s'
    """
        .formatted(place, model, model, run, width, TIME.format(now));
  }
}
