package io.weir.sink.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Prints rows as JSON in the form of Spark's {@code to_json} with nulls and {@link #TIMES}. */
final class RowJson {
  static final String TIMES = "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(TIMES);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private RowJson() {}

  static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  static JsonNode of(Record row) {
    try {
      return parsed(JSON.writeValueAsString(map(row)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, @Nullable Object> map(Record row) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (NestedField field : row.struct().fields()) {
      fields.put(field.name(), value(row.getField(field.name())));
    }
    return fields;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Record inner -> map(inner);
      case OffsetDateTime time -> TIME.format(time);
      case ByteBuffer bytes -> Base64.getEncoder().encodeToString(copy(bytes));
      case List<?> list -> list.stream().map(RowJson::value).toList();
      case null -> null;
      default -> value;
    };
  }

  private static byte[] copy(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
