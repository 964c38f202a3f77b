package io.weir.stream.session;

import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.sums.Orders;
import io.weir.stream.session.text.Context;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchType;
import io.weir.stream.session.visitor.SessionSlice;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a visitor's touches into sessions. The result follows from the touches alone, so it does not
 * depend on their order of arrival. A fold counts as one long event: it lies wholly in one session.
 */
final class Slicer {
  private final long gap;
  private final long maxDuration;
  private final boolean isSplitAtCampaign;
  private final Optional<ZoneId> midnight;

  Slicer(SessionRules rules) {
    this.gap = rules.gap().toMillis();
    this.maxDuration = rules.maxDuration().toMillis();
    this.isSplitAtCampaign = rules.splits().atCampaign();
    this.midnight = rules.splits().atMidnight();
  }

  List<SessionSlice> slices(VisitorState state) {
    var cut = new Cut(state);
    List<Fold> folds = state.liveFolds();
    int fold = 0;
    TouchRun live = state.live();
    for (int i = 0; i < live.size(); i++) {
      Touch touch = live.touch(i);
      while (fold < folds.size() && folds.get(fold).first() <= touch.time) {
        cut.add(folds.get(fold++), i);
      }
      cut.add(touch, i);
    }
    while (fold < folds.size()) {
      cut.add(folds.get(fold++), live.size());
    }
    cut.close(live.size());
    return cut.slices;
  }

  private static boolean isOtherDay(long before, long now, ZoneId zone) {
    return !Instant.ofEpochMilli(before)
        .atZone(zone)
        .toLocalDate()
        .equals(Instant.ofEpochMilli(now).atZone(zone).toLocalDate());
  }

  /** The sessions so far, and the one that goes on. */
  private final class Cut {
    private final TouchRun live;
    private final Orders orders;
    private final List<Touch> touches;
    private final List<SessionSlice> slices = new ArrayList<>();
    private int number;
    private long previousEnd;
    private int from;
    private List<Fold> folds = List.of();
    private long start;
    private long end;
    private boolean isSilent = true;
    private boolean isEmpty = true;

    private Cut(VisitorState state) {
      this.live = state.live();
      this.orders = state.orders();
      this.touches = live.touches();
      this.number = state.sessionsBefore();
      this.previousEnd = state.endBefore();
    }

    private void add(Touch touch, int at) {
      if (!isEmpty && isBoundary(touch.time, at)) {
        close(at);
      }
      extend(touch.time, touch.time);
      isSilent &= touch.type == TouchType.IDENTIFY.code();
    }

    private void add(Fold fold, int at) {
      if (!isEmpty && isBoundary(fold.first(), at)) {
        close(at);
      }
      extend(fold.first(), fold.last());
      isSilent &= fold.isSilent();
      if (folds.isEmpty()) {
        folds = new ArrayList<>(1);
      }
      folds.add(fold);
    }

    private void extend(long first, long last) {
      start = isEmpty ? first : start;
      end = isEmpty ? last : Math.max(end, last);
      isEmpty = false;
    }

    private void close(int to) {
      if (isEmpty) {
        return;
      }
      number += isSilent ? 0 : 1;
      var slice =
          new SessionSlice(
              touches,
              from,
              to,
              folds,
              start,
              end,
              number,
              previousEnd,
              isSilent,
              orders.digest(start, end));
      slices.add(slice);
      previousEnd = slice.lastEnd();
      from = to;
      folds = List.of();
      isSilent = true;
      isEmpty = true;
    }

    private boolean isBoundary(long time, int at) {
      long pause = time - end;
      // Events of one time stay together: two sessions with the same start would share a key.
      if (pause <= 0) {
        return false;
      }
      return pause > gap
          || time - start > maxDuration
          || (isSplitAtCampaign && isOtherCampaign(at))
          || (midnight.isPresent() && isOtherDay(end, time, midnight.get()));
    }

    /**
     * Whether the touch names another campaign than the session's last. Naming none is no change.
     */
    private boolean isOtherCampaign(int at) {
      if (at == live.size()) {
        return false;
      }
      Context now = context(at);
      if (!now.hasCampaign()) {
        return false;
      }
      for (int i = at - 1; i >= from; i--) {
        Context then = context(i);
        if (then.hasCampaign()) {
          return !now.hasSameCampaign(then);
        }
      }
      return folds.isEmpty()
          || folds.getLast().campaign() != now.campaign(live.dictionary().texts());
    }

    private Context context(int at) {
      return live.dictionary().context(live.touch(at).context);
    }
  }
}
