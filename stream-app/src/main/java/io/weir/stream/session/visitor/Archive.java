package io.weir.stream.session.visitor;

import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.touch.FrozenRun;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchRunCodec;

/**
 * Closed sessions of a visitor as a frozen run. The pause before the next event is longer than the
 * session gap, so nobody reads the touches until an event comes near or its id must be looked for.
 * Many events make several archives that name the same last session.
 *
 * @param number of the last session among all of the visitor's sessions
 * @param lastStart when the last session started
 * @param end time of the last event
 * @param lastEnd end of the last session up to there, {@link SessionSlice#NEVER} if there is none
 * @param blob the touches
 */
public record Archive(int number, long lastStart, long end, long lastEnd, Blob blob)
    implements FrozenRun {

  static Archive of(SessionSlice last, TouchRun run) {
    var blob = new Blob(TouchRunCodec.bytes(run));
    return new Archive(last.number(), last.start(), last.end(), last.lastEnd(), blob);
  }
}
