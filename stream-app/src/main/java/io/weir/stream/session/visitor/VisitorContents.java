package io.weir.stream.session.visitor;

import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.sums.Orders;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchRunCodec;
import org.jspecify.annotations.Nullable;

/**
 * All of a visitor's state that is stored: what the codec writes and reads.
 *
 * @param live the touches that are not frozen
 * @param past all that is frozen
 * @param emissions what was emitted
 * @param forgottenSessions the number of sessions that were forgotten
 * @param forgottenEnd the end of the last of them, {@link SessionSlice#NEVER} if there is none
 * @param timer the watermark at which to settle, {@link #NO_TIMER} if none is armed
 * @param user the user the visitor turned out to be; null until an event names one
 * @param userTime the time of the event that named the user, {@link SessionSlice#NEVER} if there is
 *     none
 * @param nextPart the number of the next part, see {@link Blob}
 * @param orders the orders that are remembered
 */
public record VisitorContents(
    TouchRun live,
    FrozenPast past,
    Emissions emissions,
    int forgottenSessions,
    long forgottenEnd,
    long timer,
    @Nullable String user,
    long userTime,
    int nextPart,
    Orders orders) {
  static final long NO_TIMER = Long.MAX_VALUE;

  static VisitorContents empty() {
    return new VisitorContents(
        new TouchRun(),
        new FrozenPast(),
        new Emissions(),
        0,
        SessionSlice.NEVER,
        NO_TIMER,
        null,
        SessionSlice.NEVER,
        PartIndex.FIRST,
        new Orders());
  }

  /** The same with the touches of all chunks among the live ones. */
  VisitorContents opened() {
    return new VisitorContents(
        live.with(TouchRunCodec.read(past.chunks().items())),
        past.withoutChunks(),
        emissions,
        forgottenSessions,
        forgottenEnd,
        timer,
        user,
        userTime,
        nextPart,
        orders);
  }
}
