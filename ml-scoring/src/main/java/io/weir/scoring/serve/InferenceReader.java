package io.weir.scoring.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads a request of the Open Inference Protocol: one tensor of vectors in JSON. */
final class InferenceReader {
  static final String INPUT = "features";
  static final String PROBABILITY = "probability";
  static final String CONTRIBUTIONS = "contributions";
  static final int MOST_ROWS = 1_000;

  private static final Set<String> OUTPUTS = Set.of(PROBABILITY, CONTRIBUTIONS);
  private static final Set<String> TYPES = Set.of("FP32", "FP64");

  private static final RequestDocument JSON = RequestDocument.withNan();

  private final int width;

  InferenceReader(int width) {
    this.width = width;
  }

  InferenceRequest read(String body) throws WrongRequestException {
    return JSON.read(body, this::read);
  }

  private InferenceRequest read(JsonNode request) throws WrongRequestException {
    JsonNode inputs = request.path("inputs");
    if (inputs.size() != 1 || !inputs.path(0).path("name").asText().equals(INPUT)) {
      throw new WrongRequestException("inputs must be one tensor with the name \"" + INPUT + '"');
    }
    String id = request.path("id").isTextual() ? request.path("id").asText() : null;
    return new InferenceRequest(id, vectors(inputs.path(0)), outputs(request.path("outputs")));
  }

  private static Set<String> outputs(JsonNode asked) throws WrongRequestException {
    var names = new LinkedHashSet<String>();
    for (JsonNode output : asked) {
      String name = output.path("name").asText();
      if (!OUTPUTS.contains(name)) {
        throw new WrongRequestException(
            "there is no output \""
                + RequestDocument.quoted(name)
                + "\"; outputs are "
                + PROBABILITY
                + ", "
                + CONTRIBUTIONS);
      }
      names.add(name);
    }
    return names.isEmpty() ? Set.of(PROBABILITY) : names;
  }

  private float[][] vectors(JsonNode tensor) throws WrongRequestException {
    if (!TYPES.contains(tensor.path("datatype").asText())) {
      throw new WrongRequestException("the datatype must be FP32 or FP64");
    }
    JsonNode shape = tensor.path("shape");
    int rows = shape.path(0).asInt(-1);
    if (shape.size() != 2 || shape.path(1).asInt(-1) != width || rows < 1 || rows > MOST_ROWS) {
      throw new WrongRequestException(
          "the shape must be [rows, %d] with 1 to %d rows, not %s"
              .formatted(width, MOST_ROWS, RequestDocument.quoted(shape)));
    }
    if (!tensor.path("data").isArray()) {
      throw new WrongRequestException(
          "the tensor has no data in JSON: binary tensors are not supported (in Python:"
              + " set_data_from_numpy(…, binary_data=False))");
    }
    var filler = new Filler(rows);
    filler.add(tensor.path("data"));
    return filler.whole();
  }

  /** Takes the values of a tensor, flat or nested, row by row. */
  private final class Filler {
    private final float[][] rows;
    private int taken;

    Filler(int count) {
      rows = new float[count][width];
    }

    void add(JsonNode values) throws WrongRequestException {
      for (JsonNode value : values) {
        if (value.isArray()) {
          add(value);
        } else if (value.isNumber() || value.isNull()) {
          add(value.isNull() ? Float.NaN : value.floatValue());
        } else {
          throw new WrongRequestException(
              "data must be numbers or null, not " + RequestDocument.quoted(value));
        }
      }
    }

    private void add(float value) throws WrongRequestException {
      if (Float.isInfinite(value)) {
        throw new WrongRequestException("data must be finite numbers, NaN or null");
      }
      if (taken < rows.length * width) {
        rows[taken / width][taken % width] = value;
      }
      taken++;
    }

    float[][] whole() throws WrongRequestException {
      if (taken != rows.length * width) {
        throw new WrongRequestException(
            "the shape has " + rows.length * width + " values, data has " + taken);
      }
      return rows;
    }
  }
}
