package io.weir.stream.query.http;

import io.micronaut.http.sse.Event;
import java.util.concurrent.Executor;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/**
 * One listener with its bounded queue. A listener that does not keep up is told so and dropped; one
 * whose connection broke before it could listen is given up.
 */
final class LiveClient {
  private static final int BUFFER = 1_024;
  private static final int TOO_SLOW = BUFFER - 1;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SubmissionPublisher<Event<Object>> events;
  private final long joined;
  private volatile boolean hasArrived;

  /**
   * @param now by a clock for durations
   */
  LiveClient(Executor executor, long now) {
    this.joined = now;
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

  /** Listened once and does not any more, was dropped, or never came. */
  boolean isGone(long now) {
    boolean isMissing = hasArrived || now - joined > PATIENCE_NANOS;
    return events.isClosed() || (isMissing && !events.hasSubscribers());
  }

  void close() {
    events.close();
  }
}
