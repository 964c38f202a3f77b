package io.weir.stream.query;

import io.micronaut.http.sse.Event;
import java.util.concurrent.Executor;
import java.util.concurrent.SubmissionPublisher;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/** One listener with its bounded queue. A listener that does not keep up is told so and dropped. */
final class LiveClient {
  private static final int BUFFER = 1_024;
  private static final int TOO_SLOW = BUFFER - 1;

  private final SubmissionPublisher<Event<Object>> events;
  private boolean wasHeard;

  LiveClient(Executor executor) {
    this.events = new SubmissionPublisher<>(executor, BUFFER);
  }

  Publisher<Event<Object>> publisher() {
    return FlowAdapters.toPublisher(events);
  }

  void send(Event<Object> event) {
    if (!events.hasSubscribers()) {
      return;
    }
    wasHeard = true;
    if (events.estimateMaximumLag() < TOO_SLOW) {
      events.offer(event, null);
    } else {
      events.offer(Event.<Object>of("").comment("too slow: connect again"), null);
      events.close();
    }
  }

  /** Heard once and not any more, or dropped. */
  boolean isGone() {
    return events.isClosed() || (wasHeard && !events.hasSubscribers());
  }

  void close() {
    events.close();
  }
}
