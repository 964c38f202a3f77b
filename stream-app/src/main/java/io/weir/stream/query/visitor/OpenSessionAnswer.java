package io.weir.stream.query.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session that a visitor has open, as the topic of sessions would have it if it closed now.
 *
 * @param session the fields of the topic that have a value, without lists; null if there is none
 * @param problem why there is none; null if there is one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OpenSessionAnswer(
    @JsonProperty("visitor_id") String visitorId,
    @JsonProperty("session") @Nullable Map<String, Object> session,
    @JsonProperty("problem") @Nullable String problem) {

  /** The visitor has no open session that is known. */
  public static OpenSessionAnswer none(String visitor, String problem) {
    return new OpenSessionAnswer(visitor, null, problem);
  }

  /** The answers for several visitors, in the order of the question. */
  public record All(List<OpenSessionAnswer> visitors) {

    public All {
      visitors = List.copyOf(visitors);
    }
  }
}
