package io.weir.scoring.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the ids of visitors whose open sessions are to be scored. */
final class VisitorReader {
  static final int MOST = 1_000;
  private static final int LONGEST_ID = 255;

  private VisitorReader() {}

  static List<String> read(JsonNode visitors) throws WrongRequestException {
    if (!visitors.isArray() || visitors.isEmpty() || visitors.size() > MOST) {
      throw new WrongRequestException("visitors must be a list of 1 to " + MOST + " ids");
    }
    var ids = new ArrayList<String>(visitors.size());
    for (JsonNode each : visitors) {
      ids.add(id(each, "visitors[" + ids.size() + "]"));
    }
    return ids;
  }

  static String id(JsonNode visitor, String place) throws WrongRequestException {
    String id = visitor.isTextual() ? visitor.textValue() : "";
    if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
      throw new WrongRequestException(
          place + " must be an anonymous id or a user id of at most " + LONGEST_ID + " characters");
    }
    return id;
  }
}
