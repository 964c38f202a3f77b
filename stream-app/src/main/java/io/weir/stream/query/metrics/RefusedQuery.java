package io.weir.stream.query.metrics;

/** The query cannot be answered as it is; the message tells the caller what would be right. */
public final class RefusedQuery extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  public RefusedQuery(String message) {
    super(message);
  }

  /** A refusal of a parameter that shows the beginning of its text. */
  static RefusedQuery of(String parameter, String text, String reason) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return new RefusedQuery(parameter + "=" + shown + " " + reason);
  }
}
