package io.weir.stream.query.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.contract.avro.Session;
import io.weir.stream.query.visitor.SessionAnswer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sessions that were emitted last, by all instances.
 *
 * @param missing instances that did not answer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "RecentSessions")
public record RecentAnswer(List<SessionAnswer> sessions, List<String> missing) {

  static RecentAnswer of(List<Session> sessions) {
    return new RecentAnswer(sessions.stream().map(SessionAnswer::emitted).toList(), List.of());
  }

  /** Merges these sessions with those of others, by their end. Without others, the order stays. */
  RecentAnswer with(List<RecentAnswer> others, List<String> silent, int most) {
    if (others.isEmpty()) {
      return new RecentAnswer(sessions, silent);
    }
    return new RecentAnswer(
        Stream.concat(Stream.of(this), others.stream())
            .flatMap(answer -> answer.sessions.stream())
            .sorted(
                Comparator.comparing((SessionAnswer session) -> Instant.parse(session.end()))
                    .reversed())
            .limit(most)
            .toList(),
        silent);
  }
}
