package io.weir.tools.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies fixes in their order to the bytes of a value. Numbers keep all their digits. */
record Fixes(List<Fix> fixes) {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** The result for a value. */
  sealed interface Fixed {
    /** The value to send; the original bytes if no fix changed anything. */
    record Ready(@Nullable ByteBuffer value) implements Fixed {}

    /** The value is not a JSON object. */
    record NoObject() implements Fixed {}

    /** A fix does not fit this object. */
    record Misfit(String why) implements Fixed {}
  }

  Fixes {
    fixes = List.copyOf(fixes);
  }

  Fixed apply(@Nullable ByteBuffer value) {
    if (fixes.isEmpty()) {
      return new Fixed.Ready(value);
    }
    Optional<ObjectNode> before = value == null ? Optional.empty() : read(value);
    if (before.isEmpty()) {
      return new Fixed.NoObject();
    }
    ObjectNode after = before.get().deepCopy();
    for (Fix fix : fixes) {
      Optional<String> problem = fix.apply(after);
      if (problem.isPresent()) {
        return new Fixed.Misfit(problem.get());
      }
    }
    return after.equals(before.get()) ? new Fixed.Ready(value) : written(after);
  }

  private static Optional<ObjectNode> read(ByteBuffer value) {
    var bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    try {
      JsonNode node = JSON.readTree(bytes);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException | java.io.CharConversionException e) {
      return Optional.empty(); // such records are counted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fixed written(ObjectNode object) {
    try {
      return new Fixed.Ready(ByteBuffer.wrap(JSON.writeValueAsBytes(object)));
    } catch (JsonProcessingException e) {
      return new Fixed.Misfit("it cannot be written as UTF-8: " + e.getOriginalMessage());
    }
  }
}
