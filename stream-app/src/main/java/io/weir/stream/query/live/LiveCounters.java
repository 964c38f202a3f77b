package io.weir.stream.query.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.stream.query.cluster.StatusAnswer;
import java.util.List;

/**
 * The counters of one instance or the sums of several, sent every second.
 *
 * @param sessionsSkipped sessions that closed faster than they can be shown, since the start
 * @param instances the number of instances in the sums
 * @param missing instances of the group that do not answer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Counters")
public record LiveCounters(
    StatusAnswer status,
    long openSessions,
    long sessionsSkipped,
    int instances,
    List<String> missing) {

  static LiveCounters ofOne(StatusAnswer status, long openSessions, long sessionsSkipped) {
    return new LiveCounters(status, openSessions, sessionsSkipped, 1, List.of());
  }

  LiveCounters withSkipped(long skipped) {
    return new LiveCounters(status, openSessions, skipped, instances, missing);
  }
}
