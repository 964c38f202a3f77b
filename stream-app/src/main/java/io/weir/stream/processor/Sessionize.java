package io.weir.stream.processor;

import io.weir.contract.RecordOutcome;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.Session;
import io.weir.process.trace.TraceStep;
import io.weir.stream.gold.days.DistinctVisitors;
import io.weir.stream.processor.gold.GoldStores;
import io.weir.stream.processor.gold.TaskGold;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.timers.TimerTurns;
import io.weir.stream.processor.timers.Timers;
import io.weir.stream.processor.visitors.VisitorEntry;
import io.weir.stream.processor.visitors.VisitorStore;
import io.weir.stream.session.Acceptance;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.Watermark;
import io.weir.stream.session.visitor.VisitorState;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Folds accepted events into their visitor's state: one read and one write each. A punctuation
 * settles the visitors whose timers the watermark has reached.
 */
final class Sessionize implements Processor<Object, Object, Object, Object> {
  /** A partition with at least so many unread records is catching up. */
  private static final long BEHIND = 10_000;

  private static final OptionalLong NOTHING_LEFT = OptionalLong.of(0);

  private final StreamSettings settings;
  private final Sessionizer sessionizer;
  private final IngestCounts counts;
  private final StreamProgress progress;
  private final LongSupplier nanos;
  private final TracedVisitors traced;
  private @Nullable Task task;

  Sessionize(StreamSettings settings, IngestCounts counts, StreamProgress progress) {
    this(settings, counts, progress, System::nanoTime);
  }

  /** Measures durations by the clock {@code nanos}. */
  Sessionize(
      StreamSettings settings, IngestCounts counts, StreamProgress progress, LongSupplier nanos) {
    this.settings = settings;
    this.sessionizer = new Sessionizer(settings.sessionRules());
    this.counts = counts;
    this.progress = progress;
    this.nanos = nanos;
    this.traced = new TracedVisitors(settings.tracing());
  }

  /** The state of the partition that this processor was given. */
  private record Task(
      ProcessorContext<Object, Object> context,
      VisitorStore visitors,
      Timers timers,
      TimerTurns turns,
      Watermark watermark,
      TaskCounts counts,
      TaskGold gold) {}

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    VisitorStore visitors = context.getStateStore(StepNames.VISITORS);
    KeyValueStore<Bytes, byte[]> timerStore = context.getStateStore(StepNames.TIMERS);
    var timers = new Timers(timerStore);
    TaskCounts ofTask = context.getStateStore(StepNames.TASK_COUNTS);
    TaskGold gold = gold(context);
    visitors.beforeCommit(() -> {
      timers.flush();
      gold.flush(ofTask);
    });
    Watermark watermark = timers.restore(context.currentSystemTimeMs());
    var turns = new TimerTurns(timers, nanos);
    task = new Task(context, visitors, timers, turns, watermark, ofTask, gold);
    context.schedule(
        settings.closeInterval(), PunctuationType.WALL_CLOCK_TIME, this::settleWhatIsDue);
    context.schedule(
        settings.commitInterval(), PunctuationType.WALL_CLOCK_TIME, _ -> commitUnlessBehind());
  }

  private TaskGold gold(ProcessorContext<Object, Object> context) {
    return GoldStores.of(context)
        .open(
            context.taskId().partition(),
            settings.goldRules(),
            settings.sessionRules(),
            context::currentSystemTimeMs);
  }

  @Override
  public void process(Record<Object, Object> record) {
    Task to = Objects.requireNonNull(task);
    if (record.value() instanceof Erase.Erasure(String erased)) {
      erase(to, erased, record.timestamp());
    } else {
      fold(to, record, (EnrichedEvent) record.value());
    }
  }

  private void fold(Task to, Record<Object, Object> record, EnrichedEvent event) {
    long now = to.context().currentSystemTimeMs();
    progress.processed(now);
    VisitorEntry entry = to.visitors().entry(event.getVisitorId());
    Acceptance acceptance;
    synchronized (to.visitors()) {
      acceptance = sessionizer.accept(entry.state(), event, to.watermark().current());
    }
    switch (acceptance) {
      case DUPLICATE -> {
        counts.duplicate.increment();
        to.counts().count(RecordOutcome.DUPLICATE);
        to.watermark().touch(now);
      }
      case TOO_LATE -> {
        event.setIsLate(true);
        counts.late.increment();
        to.counts().count(RecordOutcome.LATE);
        to.watermark().touch(now);
        to.gold().addLate(event);
        forwardAccepted(to, record, event);
        to.context().forward(Out.of(record, event), StepNames.LATE_OUT);
      }
      case IN_SESSION -> {
        keep(to, record, event, entry);
        to.watermark().observe(event.getEventTime(), now);
      }
    }
  }

  private void erase(Task to, String visitor, long timestamp) {
    to.visitors().delete(to.visitors().passing(visitor));
    to.timers().forget(visitor);
    to.gold().forget(visitor);
    progress.recentSessions().forget(visitor);
    traced.forget(visitor);
    to.context().forward(Out.of(visitor, null, timestamp), StepNames.IDENTITIES_OUT);
  }

  private void keep(
      Task to, Record<Object, Object> record, EnrichedEvent event, VisitorEntry entry) {
    VisitorState state = entry.state();
    String visitor = event.getVisitorId();
    traced.seen(visitor, record.headers(), to.context().currentSystemTimeMs());
    // Before anything moves it to the other side.
    to.gold().add(event, entry);
    boolean isNewlyIdentified;
    List<Session> sealed = List.of();
    long openSince = 0;
    synchronized (to.visitors()) {
      isNewlyIdentified = identify(state, event);
      to.timers().armBy(sessionizer.dueAfter(event.getEventTime()), visitor, state);
      if (sessionizer.isFull(state)) {
        var emitted = new SettledRows(visitor, to.gold().sides());
        sessionizer.shrink(visitor, state, emitted);
        sealed = emitted.rows();
        openSince = sessionizer.openSince(state);
      }
      to.visitors().changed(entry);
    }
    emit(to, entry, sealed, openSince);
    forwardAccepted(to, record, event);
    if (isNewlyIdentified) {
      forwardIdentity(to, record, event);
    }
  }

  private void forwardAccepted(Task to, Record<Object, Object> record, EnrichedEvent event) {
    counts.accepted.increment();
    to.counts().accepted(event.getIsBot());
    to.context().forward(Out.of(record, event), StepNames.EVENTS_OUT);
  }

  /** A visitor without an anonymous id is the user already. */
  private static boolean identify(VisitorState state, EnrichedEvent event) {
    String user = event.getUserId();
    return user != null
        && event.getAnonymousId() != null
        && state.identify(user, event.getEventTime());
  }

  private static void forwardIdentity(Task to, Record<Object, Object> record, EnrichedEvent event) {
    String visitor = event.getVisitorId();
    var identity = new Identity(visitor, event.getUserId(), event.getEventTime());
    to.context().forward(Out.of(visitor, identity, record.timestamp()), StepNames.IDENTITIES_OUT);
  }

  /** Kafka Streams also commits by itself, at the longer interval for catching up. */
  private void commitUnlessBehind() {
    Task to = Objects.requireNonNull(task);
    if (settings.lag().lag(to.context().taskId().partition()).orElse(0) < BEHIND) {
      to.context().commit();
    }
  }

  private void settleWhatIsDue(long now) {
    Task to = Objects.requireNonNull(task);
    to.gold().purgeQuality();
    Watermark watermark = to.watermark();
    int partition = to.context().taskId().partition();
    boolean isReadToTheEnd = settings.lag().lag(partition).equals(NOTHING_LEFT);
    if (isReadToTheEnd) {
      watermark.idle(now, settings.idleTimeout().toMillis());
    }
    if (watermark.current() == Watermark.NONE) {
      settleWithoutEvents(to, isReadToTheEnd, now);
      progress.report(partition, watermark.current(), watermark.current());
      return;
    }
    boolean isNews = watermark.takeObserved();
    TimerTurns.Turn turn = to.turns().next(watermark.current(), timer -> settle(to, timer));
    if (turn == TimerTurns.Turn.CUT_SHORT) {
      to.context().commit();
    }
    isNews |= turn != TimerTurns.Turn.NOTHING_DUE;
    to.visitors().trim();
    // After a restart, the watermark must not lie before what gold takes as settled.
    isNews |= to.gold().settle(to.timers().firedUpTo());
    to.gold().purge();
    if (isNews) {
      // An idle partition writes nothing: its watermark follows from what was saved and the clock.
      to.timers().save(watermark);
    }
    progress.report(partition, watermark.current(), to.timers().firedUpTo());
  }

  /** No event is too late for a partition without one: its first may be as old as any may be. */
  private void settleWithoutEvents(Task to, boolean isReadToTheEnd, long now) {
    if (isReadToTheEnd && to.watermark().isIdle(now, settings.idleTimeout().toMillis())) {
      to.gold().settle(now - settings.timeRules().maxEventAge().toMillis());
    }
  }

  private void settle(Task to, Timers.Timer timer) {
    VisitorStore visitors = to.visitors();
    VisitorEntry entry = visitors.passing(timer.visitor());
    VisitorState state = entry.state();
    if (!Timers.counts(timer, state)) {
      return;
    }
    var emitted = new SettledRows(timer.visitor(), to.gold().sides());
    long openSince = Long.MAX_VALUE;
    synchronized (visitors) {
      long next = sessionizer.settle(timer.visitor(), state, to.watermark().current(), emitted);
      if (next == Sessionizer.NOTHING_LEFT) {
        visitors.delete(entry);
      } else {
        openSince = emitted.rows().isEmpty() ? openSince : sessionizer.openSince(state);
        to.timers().armNext(next, timer.visitor(), state);
        visitors.changedInPassing(entry);
      }
    }
    emit(to, entry, emitted.rows(), openSince);
  }

  /** Forwards without the store's monitor, so that a slow broker does not block queries. */
  private void emit(Task to, VisitorEntry entry, List<Session> emitted, long openSince) {
    if (emitted.isEmpty()) {
      return;
    }
    String visitor = entry.visitor();
    long now = to.context().currentSystemTimeMs();
    progress.processed(now);
    try (TraceStep step = traced.settle(visitor)) {
      Headers headers = TracedVisitors.settled(step);
      for (Session session : emitted) {
        counts.emitted(session, settings.sessionRules().firstRevision());
        progress.recentSessions().add(session);
        to.gold().add(session);
        to.context().forward(Out.of(visitor, session, now, headers), StepNames.SESSIONS_OUT);
      }
    }
    to.gold().closedBefore(visitor, openSince);
    entry.setActiveDay(DistinctVisitors.NO_DAY);
  }

  @Override
  public void close() {
    Task to = task;
    if (to != null) {
      progress.forget(to.context().taskId().partition());
    }
  }
}
