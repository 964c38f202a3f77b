package io.weir.tools.erase;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Searches values for the ids to erase. An id of 16 bytes or more is found anywhere in a value. A
 * shorter one, such as 42, is found only as a whole value, alone or in quotes.
 */
public final class Needles {
  static final int LONG = 16;
  private static final JsonFactory JSON = new JsonFactory();

  /** An id as text, and as a string with one character per UTF-8 byte. */
  private record Needle(String text, String bytes) {}

  private final List<Needle> needles = new ArrayList<>();

  public Needles(Collection<String> ids) {
    for (String id : ids) {
      needles.add(new Needle(id, latin(id.getBytes(StandardCharsets.UTF_8))));
    }
  }

  /** The ids that are long enough to be searched in the bytes of any file. */
  List<String> longOnes() {
    return needles.stream().map(Needle::bytes).filter(bytes -> bytes.length() >= LONG).toList();
  }

  /** Whether a value of a row contains one of the ids. */
  public boolean areIn(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case CharSequence text -> areInText(text.toString());
      case ByteBuffer bytes -> areInBytes(bytes);
      case Record row -> areInRow(row);
      case IndexedRecord row ->
          row.getSchema().getFields().stream().anyMatch(each -> areIn(row.get(each.pos())));
      case Collection<?> values -> values.stream().anyMatch(this::areIn);
      case Map<?, ?> map -> areIn(map.keySet()) || areIn(map.values());
      default -> false;
    };
  }

  private boolean areInRow(Record row) {
    for (int i = 0; i < row.size(); i++) {
      if (areIn(row.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean areInText(String text) {
    for (Needle needle : needles) {
      if (holds(text, needle.text, needle.bytes.length() >= LONG)) {
        return true;
      }
    }
    return false;
  }

  private boolean areInBytes(ByteBuffer buffer) {
    var raw = new byte[buffer.remaining()];
    buffer.duplicate().get(raw);
    String bytes = latin(raw);
    for (Needle needle : needles) {
      if (holds(bytes, needle.bytes, needle.bytes.length() >= LONG)) {
        return true;
      }
    }
    return bytes.indexOf('\\') >= 0 && areInJson(raw);
  }

  /**
   * Searches the decoded texts of a JSON document, because JSON can escape the same text in several
   * ways.
   */
  private boolean areInJson(byte[] raw) {
    try (JsonParser parser = JSON.createParser(raw)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
        if (isText && areInText(parser.getText())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // Not JSON, so nothing is escaped, and the bytes were searched already.
      return false;
    }
  }

  private static boolean holds(String text, String id, boolean isLong) {
    int at = text.indexOf(id);
    while (at >= 0) {
      if (isLong || (isEdge(text, at - 1) && isEdge(text, at + id.length()))) {
        return true;
      }
      at = text.indexOf(id, at + 1);
    }
    return false;
  }

  private static boolean isEdge(String text, int at) {
    return at < 0 || at >= text.length() || text.charAt(at) == '"';
  }

  static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
