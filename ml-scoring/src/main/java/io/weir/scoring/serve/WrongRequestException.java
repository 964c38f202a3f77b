package io.weir.scoring.serve;

/** A request that the caller must change; the message says how. */
final class WrongRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongRequestException(String message) {
    super(message);
  }
}
