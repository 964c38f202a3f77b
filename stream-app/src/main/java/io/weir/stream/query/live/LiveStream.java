package io.weir.stream.query.live;

import io.weir.stream.query.overview.OpenSessions;
import io.weir.stream.query.cluster.StatusReport;
import io.weir.stream.query.visitor.SessionAnswer;

import io.micronaut.http.sse.Event;
import io.weir.contract.avro.Session;
import io.weir.stream.processor.RecentSessions;
import io.weir.stream.processor.StreamProgress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions as they close and counters every second, to anyone who listens: of all instances, or to
 * another instance those of this one. Looks at what the stream threads leave behind a few times a
 * second, so listeners cost the stream nothing; without listeners no other instance is followed.
 */
@Singleton
public final class LiveStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
  private static final long STEP_MILLIS = 200;
  private static final int STEPS_PER_SECOND = 5;

  private final RecentSessions sessions;
  private final LongFunction<LiveCounters> counters;
  private final Following following;
  private final Audience people;
  private final Audience instances;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-stream").factory());
  private long told;
  private long skipped;
  private int steps;
  private boolean isDue;

  @Inject
  LiveStream(StreamProgress progress, StatusReport report, OpenSessions open, Following following) {
    this(
        progress.recentSessions(),
        skipped -> LiveCounters.ofOne(report.now(), open.now().count(), skipped),
        following,
        Executors.newVirtualThreadPerTaskExecutor());
  }

  /**
   * @param counters of this instance, given the sessions that were skipped
   */
  LiveStream(
      RecentSessions sessions,
      LongFunction<LiveCounters> counters,
      Following following,
      Executor senders) {
    this.sessions = sessions;
    this.counters = counters;
    this.following = following;
    this.people = new Audience(senders);
    this.instances = new Audience(senders);
  }

  public void start() {
    told = sessions.added();
    var _ =
        clockwork.scheduleWithFixedDelay(
            this::safeStep, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Events of all instances; empty when too many listen. */
  public Optional<Publisher<Event<Object>>> listen() {
    return people.join(System.nanoTime());
  }

  /** Events of this instance alone, for another one; empty when too many listen. */
  public Optional<Publisher<Event<Object>>> listenForwarded() {
    return instances.join(System.nanoTime());
  }

  @SuppressWarnings("checkstyle:IllegalCatch")
  private void safeStep() {
    try {
      step(System.nanoTime());
    } catch (RuntimeException | Error e) {
      // Thrown on, it would end the schedule for good.
      log.warn("the live stream missed a beat", e);
    }
  }

  /** One look at what is new. */
  void step(long now) {
    people.dropGone(now);
    instances.dropGone(now);
    boolean arePeoplePresent = people.isPresent();
    if (arePeoplePresent) {
      following.step(now);
    } else {
      following.stop();
    }
    steps++;
    if (arePeoplePresent || instances.isPresent()) {
      tellSessions();
      tellCounters(now);
    } else {
      told = sessions.added();
    }
  }

  private void tellSessions() {
    RecentSessions.News news = sessions.after(told);
    skipped += news.added() - told - news.sessions().size();
    told = news.added();
    List<Event<Object>> own = news.sessions().stream().map(LiveStream::event).toList();
    own.forEach(instances::send);
    following.with(own).forEach(people::send);
  }

  private static Event<Object> event(Session session) {
    return Event.<Object>of(SessionAnswer.emitted(session)).name("session");
  }

  private void tellCounters(long now) {
    boolean isSecond = steps % STEPS_PER_SECOND == 0;
    isDue |= isSecond;
    boolean isToldNow = isDue && !following.isAwaiting(now);
    if (!isSecond && !isToldNow) {
      return;
    }
    LiveCounters own = counters.apply(skipped);
    if (isSecond) {
      instances.send(event(own));
    }
    if (isToldNow) {
      people.send(event(following.total(own)));
      isDue = false;
    }
  }

  private static Event<Object> event(LiveCounters counters) {
    return Event.<Object>of(counters).name("counters");
  }

  @Override
  public void close() {
    if (!clockwork.isShutdown()) {
      // On its thread: a step under way could go on following.
      clockwork.execute(following::stop);
      clockwork.shutdown();
    }
    people.close();
    instances.close();
  }
}
