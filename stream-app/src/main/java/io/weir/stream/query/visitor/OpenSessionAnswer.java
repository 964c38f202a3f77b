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
 * @param isUnavailable whether nobody can say now: the visitor may have a session, ask again
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OpenSessionAnswer(
    @JsonProperty("visitor_id") String visitorId,
    @JsonProperty("session") @Nullable Map<String, Object> session,
    @JsonProperty("problem") @Nullable String problem,
    @JsonProperty("is_unavailable") boolean isUnavailable) {

  /** The visitor has this session open. */
  static OpenSessionAnswer found(String visitor, Map<String, Object> session) {
    return new OpenSessionAnswer(visitor, session, null, false);
  }

  /** The visitor is not known, or has no open session. */
  public static OpenSessionAnswer none(String visitor, String problem) {
    return new OpenSessionAnswer(visitor, null, problem, false);
  }

  /** Nobody can say now whether the visitor has an open session. */
  public static OpenSessionAnswer unavailable(String visitor, String problem) {
    return new OpenSessionAnswer(visitor, null, problem, true);
  }

  /** The answers for several visitors, in the order of the question. */
  public record All(List<OpenSessionAnswer> visitors) {

    public All {
      visitors = List.copyOf(visitors);
    }
  }
}
