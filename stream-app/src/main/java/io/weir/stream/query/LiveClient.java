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
  private volatile boolean hasArrived;

  LiveClient(Executor executor) {
    this.events = new SubmissionPublisher<>(executor, BUFFER);
  }

  Publisher<Event<Object>> publisher() {
    Publisher<Event<Object>> publisher = FlowAdapters.toPublisher(events);
    return subscriber -> {
      publisher.subscribe(subscriber);
      hasArrived = true;
    };
  }

  boolean isListening() {
    return events.hasSubscribers();
  }

  void send(Event<Object> event) {
    if (!events.hasSubscribers()) {
      return;
    }
    if (events.estimateMaximumLag() < TOO_SLOW) {
      events.offer(event, null);
    } else {
      events.offer(Event.<Object>of("").comment("too slow: connect again"), null);
      events.close();
    }
  }

  /** Listened once and does not any more, or was dropped. */
  boolean isGone() {
    return events.isClosed() || (hasArrived && !events.hasSubscribers());
  }

  void close() {
    events.close();
  }
}
