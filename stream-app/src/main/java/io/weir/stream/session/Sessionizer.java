package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.row.SessionBuilder;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.sums.Orders;
import io.weir.stream.session.sums.Sales;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.visitor.Archive;
import io.weir.stream.session.visitor.SessionSlice;
import io.weir.stream.session.visitor.VisitorState;
import java.util.List;
import java.util.Optional;

/**
 * Folds events into a visitor's state and settles the state when the watermark allows.
 *
 * <p>The state keeps touches in event-time order; sessions are read off it ({@link SessionSlice}),
 * never maintained. Settling compares the slices with what was emitted and emits the difference:
 * new sessions, revisions, retractions. So any arrival order within the allowed lateness ends in
 * the same sessions, and settling twice changes nothing.
 */
public final class Sessionizer {
  /** The result of {@link #settle} for a visitor that may be forgotten. */
  public static final long NOTHING_LEFT = VisitorState.NO_TIMER;

  private final SessionRules rules;
  private final Slicer slicer;
  private final Touches touches;

  public Sessionizer(SessionRules rules) {
    this.rules = rules;
    this.slicer = new Slicer(rules);
    this.touches = new Touches(rules.goals());
  }

  /**
   * Adds the event to the state unless it is known or too late. What a purchase changes about its
   * order is in {@link Orders#takeNews} then.
   */
  public Acceptance accept(VisitorState state, EnrichedEvent event, long watermark) {
    long idHash = Hash64.of(event.getEventId());
    if (state.isKnown(idHash)) {
      return Acceptance.DUPLICATE;
    }
    long time = event.getEventTime();
    // Sealed sessions never change.
    boolean isSealed = time <= state.sealedEnd();
    if (isSealed || hasNoRoom(state) || rules.isTooLate(time, watermark)) {
      return Acceptance.TOO_LATE;
    }
    if (isNearArchive(state, time)) {
      state.thaw();
    }
    Touch touch = touches.of(state, event, idHash, rules.closesAt(time) <= watermark);
    state.accept(touch);
    if (Sales.isOfOrder(touch)) {
      state.orders().add(touch, rules.orderMemory());
    }
    return Acceptance.IN_SESSION;
  }

  /** Whether the state has reached the limits that hold even if nothing can be sealed. */
  private boolean hasNoRoom(VisitorState state) {
    return state.encodedSize() >= 2L * rules.visitorMaxBytes() || state.emissions().isFull();
  }

  /** Whether an event at that time may change sessions that are archived. */
  private boolean isNearArchive(VisitorState state, long time) {
    return !state.archives().isEmpty()
        && time - state.archives().getLast().end() <= rules.gap().toMillis();
  }

  /** The watermark at which the state must be settled because of an event at that time. */
  public long dueAfter(long eventTime) {
    return rules.closesAt(eventTime);
  }

  /**
   * Emits what the watermark makes due and forgets what nothing can change any more.
   *
   * @return the watermark at which to settle next, {@link #NOTHING_LEFT} when nothing of the
   *     visitor is worth keeping
   */
  public long settle(String visitor, VisitorState state, long watermark, Settled settled) {
    if (state.hasChunks()) {
      VisitorState opened = state.openedView();
      List<SessionSlice> slices = slicer.slices(opened);
      if (isUnchanged(visitor, opened, slices, watermark)) {
        return nextDue(opened, slices, watermark);
      }
      state.openChunks();
    }
    List<SessionSlice> slices = slicer.slices(state);
    int closed = 0;
    while (closed < slices.size() && rules.closesAt(slices.get(closed).end()) <= watermark) {
      closed++;
    }
    Reconciliation.of(visitor, state, rules).settle(slices, closed, settled);
    List<SessionSlice> left = forget(state, slices, watermark) ? slicer.slices(state) : slices;
    state.orders().forgetBefore(Math.min(state.forgottenEnd(), rules.orderMattersFrom(watermark)));
    long next = nextDue(state, left, watermark);
    archive(state, left, watermark);
    state.freezeChunks();
    return next;
  }

  /** Whether there is nothing to settle yet, so that the frozen chunks can stay as they are. */
  private boolean isUnchanged(
      String visitor, VisitorState state, List<SessionSlice> slices, long watermark) {
    boolean isArchiveDue =
        !state.archives().isEmpty()
            && rules.forgettableAt(state.archives().getFirst().end()) <= watermark;
    return !isArchiveDue
        && rules.closesAt(slices.getFirst().end()) > watermark
        && !Reconciliation.of(visitor, state, rules).hasVanished(slices);
  }

  /** Whether a visitor has too many events or bytes, as a robot has, so that shrinking is due. */
  public boolean isFull(VisitorState state) {
    return state.isShrinkingDue(rules.visitorMaxBytes(), foldFrom());
  }

  /** The number of events to fold from: above the limit, because folding reads all events. */
  private int foldFrom() {
    return rules.maxEvents() + Math.max(1, rules.maxEvents() / 4);
  }

  /**
   * Folds the older parts of sessions with too many events. Where the visitor takes too many bytes,
   * emits all sessions but the last as they are and forgets them, so that they take no more events,
   * and folds most of the last.
   */
  public void shrink(String visitor, VisitorState state, Settled settled) {
    boolean isLarge = state.encodedSize() >= rules.visitorMaxBytes();
    if (isLarge) {
      state.forgetArchives(state.archives().size());
    }
    state.openChunks();
    if (isLarge) {
      seal(visitor, state, settled);
    }
    List<SessionSlice> slices = slicer.slices(state);
    // A fold is to lie in no more than one session that was emitted.
    Reconciliation.of(visitor, state, rules).settle(slices, 0, settled);
    // From the last session backwards: folding a session moves the touches of the later ones.
    for (SessionSlice slice : slices.reversed()) {
      int kept = isLarge ? slice.live() / 4 : rules.maxEvents() / 2;
      boolean isLong = isLarge || slice.live() > rules.maxEvents();
      if (isLong && slice.live() > kept) {
        fold(state, slice, slice.live() - kept, settled);
      }
    }
    state.freezeChunks();
    // If that freed little, the next attempt waits until the state has grown.
    state.postponeShrinking(rules.visitorMaxBytes() / 8, foldFrom() - rules.maxEvents());
  }

  private void fold(VisitorState state, SessionSlice slice, int count, Settled settled) {
    // The touches of the slice are those of before the last fold, with other numbers of texts.
    List<Touch> touches = state.live().touches(slice.from(), slice.from() + count);
    settled.fold(new Folding(state, touches, slice.folds()));
    state.fold(slice, count, rules.foldedIds());
  }

  private void seal(String visitor, VisitorState state, Settled settled) {
    List<SessionSlice> slices = slicer.slices(state);
    int sealed = slices.size() - 1;
    if (sealed > 0) {
      Reconciliation.of(visitor, state, rules).settle(slices, sealed, settled);
      state.forget(slices.get(sealed - 1));
    }
  }

  /** Archives the closed sessions up to the last pause that is longer than the gap. */
  private void archive(VisitorState state, List<SessionSlice> slices, long watermark) {
    SessionSlice last = null;
    for (int i = 0; i < slices.size() && rules.closesAt(slices.get(i).end()) <= watermark; i++) {
      boolean isApart =
          i == slices.size() - 1
              || slices.get(i + 1).start() - slices.get(i).end() > rules.gap().toMillis();
      last = isApart ? slices.get(i) : last;
    }
    if (last != null) {
      state.archive(last);
    }
  }

  private boolean forget(VisitorState state, List<SessionSlice> slices, long watermark) {
    int archives = 0;
    while (archives < state.archives().size()
        && rules.forgettableAt(state.archives().get(archives).end()) <= watermark) {
      archives++;
    }
    state.forgetArchives(archives);
    if (!state.archives().isEmpty()) {
      return false;
    }
    int sessions = 0;
    while (sessions < slices.size()
        && rules.forgettableAt(slices.get(sessions).end()) <= watermark) {
      sessions++;
    }
    if (sessions == 0) {
      return false;
    }
    state.forget(slices.get(sessions - 1));
    return true;
  }

  private long nextDue(VisitorState state, List<SessionSlice> left, long watermark) {
    long next = nextDue(state, left);
    return next > watermark ? next : NOTHING_LEFT;
  }

  private long nextDue(VisitorState state, List<SessionSlice> left) {
    List<Archive> archives = state.archives();
    if (left.isEmpty() && archives.isEmpty()) {
      return state.forgottenEnd() == SessionSlice.NEVER
          ? NOTHING_LEFT
          : Math.max(rules.forgottenAt(state.forgottenEnd()), orderForgottenAt(state.orders()));
    }
    long next =
        rules.forgettableAt(archives.isEmpty() ? left.getFirst().end() : archives.getFirst().end());
    for (SessionSlice slice : left) {
      if (!slice.isSilent() && !state.emissions().isCurrent(slice)) {
        next = Math.min(next, rules.closesAt(slice.end()));
      }
    }
    return next;
  }

  private long orderForgottenAt(Orders orders) {
    return orders.isEmpty() ? Watermark.NONE : rules.orderForgottenAt(orders.last());
  }

  /** The start of the first session that is not emitted as it is; no time if there is none. */
  public long openSince(VisitorState state) {
    VisitorState opened = state.hasChunks() ? state.openedView() : state;
    for (SessionSlice slice : slicer.slices(opened)) {
      if (!slice.isSilent() && !opened.emissions().isCurrent(slice)) {
        return slice.start();
      }
    }
    return Long.MAX_VALUE;
  }

  /** The visitor's last session if it is open. Opens the chunks, so the state must be a copy. */
  public Optional<Session> open(String visitor, VisitorState state) {
    state.openChunks();
    for (SessionSlice slice : slicer.slices(state).reversed()) {
      if (!slice.isSilent()) {
        return state.emissions().isCurrent(slice)
            ? Optional.empty()
            : Optional.of(SessionBuilder.of(visitor, state, slice, rules.bots()));
      }
    }
    return Optional.empty();
  }

  /** All sessions of the state, open ones too, in order of time. Thaws it, so it must be a copy. */
  public List<SessionView> view(String visitor, VisitorState state) {
    state.thaw();
    return slicer.slices(state).stream()
        .filter(slice -> !slice.isSilent())
        .map(slice -> SessionView.of(visitor, state, slice, rules))
        .toList();
  }
}
