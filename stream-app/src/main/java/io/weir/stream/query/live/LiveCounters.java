package io.weir.stream.query.live;

import io.weir.stream.query.cluster.StatusAnswer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the instances are, told every second.
 *
 * @param sessionsSkipped sessions that closed faster than they can be shown, since the start
 * @param instances that are part of the sums
 * @param missing instances of the group that do not answer
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LiveCounters(
    StatusAnswer status, long openSessions, long sessionsSkipped, int instances, List<String> missing) {

  public LiveCounters(
      StatusAnswer status,
      long openSessions,
      long sessionsSkipped,
      int instances,
      @Nullable List<String> missing) {
    this.status = status;
    this.openSessions = openSessions;
    this.sessionsSkipped = sessionsSkipped;
    this.instances = instances;
    this.missing = missing == null ? List.of() : missing;
  }

  static LiveCounters ofOne(StatusAnswer status, long openSessions, long sessionsSkipped) {
    return new LiveCounters(status, openSessions, sessionsSkipped, 1, List.of());
  }
}
