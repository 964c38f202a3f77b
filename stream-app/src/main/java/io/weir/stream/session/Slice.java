package io.weir.stream.session;

import java.util.List;

/**
 * One session as a range of a visitor's touches; {@link Slicer} cuts them. A silent one has nothing
 * but identify events: it is kept, because others may still join it, and is no session.
 *
 * @param from first touch
 * @param to one past the last touch
 * @param number of the session among all of the visitor's, from 1
 * @param previousEnd end of the session before, {@link VisitorState#NEVER} if there is none
 */
record Slice(
    List<Touch> touches, int from, int to, int number, long previousEnd, boolean isSilent) {

  long start() {
    return touches.get(from).time;
  }

  long end() {
    return touches.get(to - 1).time;
  }

  /** The end of the last session up to here. */
  long lastEnd() {
    return isSilent ? previousEnd : end();
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
