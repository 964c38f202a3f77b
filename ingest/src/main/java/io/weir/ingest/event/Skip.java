package io.weir.ingest.event;

/**
 * A record that does not become an event. Without a stack trace: malformed input is an expected
 * outcome and must be cheap.
 */
public final class Skip extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 120;

  /** The reason; the summary prints its text. */
  public enum Reason {
    NO_VALUE("the record has no value"),
    NO_SCHEMA("the schema registry has no usable schema"),
    NOT_AVRO("not Avro of the schema that the record names"),
    NOT_JSON("not a JSON object"),
    NOT_A_LOG_LINE("not a line of a web server log"),
    COMMENT("a comment"),
    NO_PAGE("no page (--pages-only)"),
    WRONG_COLUMNS("not as many columns as the header"),
    OPEN_QUOTE("a quote is never closed"),
    NO_TIME("no event time"),
    BAD_TIME("the event time cannot be read"),
    NO_TYPE("no event type"),
    NO_VISITOR("neither anonymous_id nor user_id"),
    ID_TOO_LONG("the visitor's id is too long"),
    LINE_TOO_LONG("the line is longer than 1 MiB"),
    TOO_LARGE("the event is larger than 32 KiB"),
    TRUNCATED("the file ends inside its compressed data");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** Whether the detail of such a skip may be part of the record, and not Weir's own words. */
    private boolean isQuoting() {
      return switch (this) {
        case NO_VALUE, NO_SCHEMA, NO_TIME, TOO_LARGE, TRUNCATED -> false;
        case NOT_AVRO,
            NOT_JSON,
            NOT_A_LOG_LINE,
            COMMENT,
            NO_PAGE,
            WRONG_COLUMNS,
            OPEN_QUOTE,
            BAD_TIME,
            NO_TYPE,
            NO_VISITOR,
            ID_TOO_LONG,
            LINE_TOO_LONG ->
            true;
      };
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final Reason reason;

  public Skip(Reason reason, String detail) {
    super(shortened(detail), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** The detail if it is in Weir's own words, else empty: records may be personal. */
  public String remark() {
    return reason.isQuoting() ? "" : String.valueOf(getMessage());
  }

  /** The offending value on one line. */
  public static String shortened(String value) {
    return shortened(value, SHOWN);
  }

  /** The same with a length of one's own. */
  public static String shortened(String value, int most) {
    String start = value.length() <= most ? value : value.substring(0, most) + "…";
    var line = new StringBuilder(start.length());
    start.chars().forEach(c -> line.append(Character.isISOControl(c) ? '?' : (char) c));
    return line.toString();
  }
}
