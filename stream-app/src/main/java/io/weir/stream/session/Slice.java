package io.weir.stream.session;

import java.util.ArrayList;
import java.util.List;

/**
 * One session as a range of a visitor's touches. Slices follow from the touches alone, so they are
 * the same whatever the order of arrival was.
 *
 * @param from first touch
 * @param to one past the last touch
 * @param number of the session among all of the visitor's, from 1
 * @param previousEnd end of the session before, {@link VisitorState#NEVER} if there is none
 */
record Slice(List<Touch> touches, int from, int to, int number, long previousEnd) {

  static List<Slice> of(VisitorState state, SessionRules rules) {
    var slices = new ArrayList<Slice>();
    List<Touch> touches = state.touches;
    long gap = rules.gap().toMillis();
    long maxDuration = rules.maxDuration().toMillis();
    int number = state.forgottenSessions;
    long previousEnd = state.forgottenEnd;
    int from = 0;
    for (int i = 1; i <= touches.size(); i++) {
      if (i < touches.size()) {
        long time = touches.get(i).time;
        long pause = time - touches.get(i - 1).time;
        // Full sessions split only where time moves on: two with one start would share a key.
        boolean isFull = i - from >= rules.maxEvents() && pause > 0;
        if (pause <= gap && time - touches.get(from).time <= maxDuration && !isFull) {
          continue;
        }
      }
      var slice = new Slice(touches, from, i, ++number, previousEnd);
      slices.add(slice);
      previousEnd = slice.end();
      from = i;
    }
    return slices;
  }

  long start() {
    return touches.get(from).time;
  }

  long end() {
    return touches.get(to - 1).time;
  }

  /** Changes whenever anything that the session's row says changes. */
  long digest() {
    long digest = Hash64.mix(number ^ Hash64.mix(previousEnd));
    for (int i = from; i < to; i++) {
      Touch touch = touches.get(i);
      digest = Hash64.mix(digest + touch.idHash) ^ touch.time;
    }
    return digest;
  }
}
