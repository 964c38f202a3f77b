package io.weir.stream.query;

import io.micronaut.http.sse.Event;
import io.weir.contract.avro.Session;
import io.weir.stream.processor.LiveSessions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions as they close and counters every second, to anyone who listens. Looks at what the stream
 * threads leave behind a few times a second, so listeners cost the stream nothing.
 */
public final class LiveStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
  private static final int MOST_CLIENTS = 100;
  private static final long STEP_MILLIS = 200;
  private static final int STEPS_PER_SECOND = 5;

  private final LiveSessions sessions;
  private final StatusReport report;
  private final OpenSessions open;
  private final List<LiveClient> clients = new CopyOnWriteArrayList<>();
  private final Executor senders = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-stream").factory());
  private @Nullable ScheduledFuture<?> beat;
  private long told;
  private long skipped;
  private int steps;

  public LiveStream(LiveSessions sessions, StatusReport report, OpenSessions open) {
    this.sessions = sessions;
    this.report = report;
    this.open = open;
  }

  public void start() {
    told = sessions.added();
    beat =
        clockwork.scheduleWithFixedDelay(
            this::safeStep, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A new listener; empty when there are too many. */
  Optional<Publisher<Event<Object>>> listen() {
    clients.removeIf(LiveClient::isGone);
    if (clients.size() >= MOST_CLIENTS) {
      return Optional.empty();
    }
    var client = new LiveClient(senders);
    clients.add(client);
    return Optional.of(client.publisher());
  }

  private void safeStep() {
    try {
      step();
    } catch (RuntimeException e) {
      // An exception would end the schedule for good.
      log.warn("the live stream missed a beat", e);
    }
  }

  /** One look at what is new. */
  void step() {
    clients.removeIf(LiveClient::isGone);
    long added = sessions.added();
    if (!clients.isEmpty()) {
      List<Session> news = sessions.after(told);
      skipped += added - told - news.size();
      for (Session session : news) {
        send(Event.<Object>of(SessionAnswer.emitted(session)).name("session"));
      }
      if (steps % STEPS_PER_SECOND == 0) {
        send(Event.<Object>of(counters()).name("counters"));
      }
    }
    told = added;
    steps++;
  }

  private LiveCounters counters() {
    return new LiveCounters(report.now(), open.now().count(), skipped);
  }

  private void send(Event<Object> event) {
    for (LiveClient client : clients) {
      client.send(event);
    }
  }

  @Override
  public void close() {
    if (beat != null) {
      beat.cancel(false);
    }
    clockwork.shutdown();
    clients.forEach(LiveClient::close);
  }
}
