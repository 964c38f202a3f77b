package io.weir.stream.session;

import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.visitor.VisitorState;
import java.util.List;

/**
 * Events of one session that are about to be folded into one fold.
 *
 * @param state still has them
 * @param touches the events, in order
 * @param before the folds of the session until now, which become part of the new one
 */
public record Folding(VisitorState state, List<Touch> touches, List<Fold> before) {
  /** The time of the first event of the new fold. */
  public long first() {
    long first = touches.getFirst().time;
    for (Fold fold : before) {
      first = Math.min(first, fold.first());
    }
    return first;
  }
}
