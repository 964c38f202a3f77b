package io.weir.stream.session.visitor;

/**
 * The last emission about the session that starts at a time.
 *
 * @param digest stands for the content; another digest means a revision
 * @param isRetracted whether the session is gone; the entry stays, so that revisions of the key
 *     keep rising
 */
public record Emission(long start, int revision, long digest, boolean isRetracted) {
  /** The approximate number of bytes of an encoded emission. */
  static final int BYTES = 16;
}
