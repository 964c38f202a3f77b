package io.weir.stream.session;

import org.jspecify.annotations.Nullable;

/**
 * All of a visitor's state that is stored: what the codec writes and reads.
 *
 * @param live the touches that are not frozen
 * @param archives closed sessions, oldest first, before everything else
 * @param chunks touches of sessions that may still go on, in any order: opening them sorts
 * @param folding null for nearly all visitors: they have nothing folded
 * @param emissions what was emitted
 * @param forgottenSessions the number of sessions that were forgotten
 * @param forgottenEnd the end of the last of them, {@link Slice#NEVER} if there is none
 * @param timer the watermark at which to settle, {@link #NO_TIMER} if none is armed
 * @param user the user the visitor turned out to be; null until an event names one
 * @param userTime the time of the event that named the user, {@link Slice#NEVER} if there is none
 * @param nextPart the number of the next part, see {@link Blob}
 */
public record VisitorContents(
    Stretch live,
    FrozenList<Archive> archives,
    FrozenList<Chunk> chunks,
    @Nullable Folding folding,
    Emissions emissions,
    int forgottenSessions,
    long forgottenEnd,
    long timer,
    @Nullable String user,
    long userTime,
    int nextPart) {
  static final long NO_TIMER = Long.MAX_VALUE;

  static VisitorContents empty() {
    return new VisitorContents(
        new Stretch(),
        new FrozenList<>(),
        new FrozenList<>(),
        null,
        new Emissions(),
        0,
        Slice.NEVER,
        NO_TIMER,
        null,
        Slice.NEVER,
        Parts.FIRST);
  }

  /** The same with the touches of all chunks among the live ones. */
  VisitorContents opened() {
    return new VisitorContents(
        live.with(StretchCodec.read(chunks.items())),
        archives,
        new FrozenList<>(),
        folding,
        emissions,
        forgottenSessions,
        forgottenEnd,
        timer,
        user,
        userTime,
        nextPart);
  }
}
