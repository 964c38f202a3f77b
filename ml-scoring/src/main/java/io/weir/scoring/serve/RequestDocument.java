package io.weir.scoring.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.concurrent.Semaphore;

/** Reads the body of a request as a JSON tree whose memory is bounded. */
final class RequestDocument {
  /** More than 1,000 sessions with all their fields have; a tree of them takes some 40 MB. */
  static final long MOST_TOKENS = 300_000;

  /** So many trees are in memory at once, however many clients there are. */
  private static final Semaphore READING = new Semaphore(2);

  private static final int LONGEST_QUOTE = 60;

  private final ObjectMapper json;

  /** Takes from a tree what is needed of it. */
  @FunctionalInterface
  interface Reading<T> {
    T of(JsonNode document) throws WrongRequestException;
  }

  private RequestDocument(JsonMapper.Builder mapper) {
    this.json =
        mapper
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  static RequestDocument strict() {
    return new RequestDocument(bounded());
  }

  /** For clients that write a missing value as NaN, which strict JSON does not have. */
  static RequestDocument withNan() {
    return new RequestDocument(bounded().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS));
  }

  private static JsonMapper.Builder bounded() {
    var constraints = StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build());
  }

  <T> T read(String body, Reading<T> reading) throws WrongRequestException {
    READING.acquireUninterruptibly();
    try {
      return reading.of(json.readTree(body));
    } catch (JsonProcessingException e) {
      throw new WrongRequestException(
          "the body is not one JSON document: " + e.getOriginalMessage());
    } finally {
      READING.release();
    }
  }

  /** What a message repeats of a request. */
  static String quoted(Object part) {
    String text = part.toString();
    return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
  }
}
