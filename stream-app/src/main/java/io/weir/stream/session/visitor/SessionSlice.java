package io.weir.stream.session.visitor;

import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.touch.Touch;
import java.util.List;

/**
 * One session as a range of a visitor's touches; {@code Slicer} cuts them. A silent slice has only
 * identify events. It is no session, but it is kept because other events may still join it.
 *
 * @param from first touch
 * @param to one past the last touch
 * @param folds the parts of it that are folded; where there are some, there may be no touches
 * @param start time of the first event
 * @param end time of the last event
 * @param number of the session among all of the visitor's, from 1
 * @param previousEnd end of the session before, {@link #NEVER} if there is none
 * @param orders a digest of its purchases of orders that count
 */
public record SessionSlice(
    List<Touch> touches,
    int from,
    int to,
    List<Fold> folds,
    long start,
    long end,
    int number,
    long previousEnd,
    boolean isSilent,
    long orders) {

  /** The end of a session that does not exist. */
  public static final long NEVER = Long.MIN_VALUE;

  /** The touches that are not folded. */
  public List<Touch> liveTouches() {
    return touches.subList(from, to);
  }

  /** The number of events that are not folded. */
  public int live() {
    return to - from;
  }

  /** The end of the last session up to here. */
  public long lastEnd() {
    return isSilent ? previousEnd : end;
  }

  /**
   * A digest that changes whenever the session's row changes. It is the same in any order of the
   * events, and whether they are folded or not.
   */
  public long digest() {
    long digest = orders;
    for (Fold fold : folds) {
      digest += fold.digest();
    }
    for (int i = from; i < to; i++) {
      digest += touches.get(i).digest();
    }
    return Hash64.mix(digest ^ Hash64.mix(number ^ Hash64.mix(previousEnd)));
  }

  /** Whether an emission has the same content as the session's row now. */
  public boolean isIn(Emission emission) {
    return !emission.isRetracted() && emission.digest() == digest();
  }
}
