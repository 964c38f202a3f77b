package io.weir.stream.query.http;

/** The request cannot be answered as it is; the message tells the caller what would be right. */
final class RefusedRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedRequest(String message) {
    super(message);
  }
}
