package io.weir.stream.processor;

import io.weir.process.trace.Trace;
import io.weir.process.trace.TraceStep;
import io.weir.process.trace.Tracing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Carries a trace from an event to the next revision of its session, which comes later and from a
 * timer. It lies in memory only, so a restart in between ends the trace.
 */
final class TracedVisitors {
  /** So many visitors are remembered; the one whose followed event is the oldest goes first. */
  static final int MOST = 1_000;

  private final Tracing tracing;
  private final Map<String, Seen> visitors =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > MOST;
        }
      };

  private record Seen(Trace trace, long millis) {}

  TracedVisitors(Tracing tracing) {
    this.tracing = tracing;
  }

  /** Notes the event's trace. */
  void seen(String visitor, Headers headers, long now) {
    Trace trace = tracing.follow(headers);
    if (trace != null) {
      visitors.remove(visitor);
      visitors.put(visitor, new Seen(trace, now));
    }
  }

  void forget(String visitor) {
    visitors.remove(visitor);
  }

  /**
   * The step to a visitor's revisions, which end the wait of the event's trace. Null if no event
   * waits.
   */
  @Nullable TraceStep settle(String visitor) {
    @Nullable Seen seen = visitors.remove(visitor);
    return seen == null ? null : seen.trace().begin("settle session", seen.millis());
  }

  /** Ends the step, if there is one. Returns the headers of the revisions. */
  static Headers settled(@Nullable TraceStep step) {
    var headers = new RecordHeaders();
    if (step != null) {
      step.done().addTo(headers);
    }
    return headers;
  }
}
