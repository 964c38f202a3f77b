package io.weir.stream.session.visitor;

/**
 * What was last said about the session that starts at a time.
 *
 * @param digest stands for the content; another digest means a revision
 * @param isRetracted the key is no session any more, but its revisions must go on rising
 */
public record Emission(long start, int revision, long digest, boolean isRetracted) {
  /** The approximate number of bytes of an encoded emission. */
  static final int BYTES = 16;
}
