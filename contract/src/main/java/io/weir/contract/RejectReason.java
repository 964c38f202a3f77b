package io.weir.contract;

import java.util.Locale;

/** The reason for rejecting a raw record. Its code is stored and sent; codes are never reused. */
public enum RejectReason {
  EMPTY("the record has no value"),
  TOO_LARGE("the record is larger than the limit"),
  NOT_JSON("the value is not one well-formed JSON document in UTF-8"),
  DUPLICATE_KEY("a key appears twice in one JSON object"),
  NOT_AN_OBJECT("the JSON document is not an object"),
  MISSING_FIELD("a required field is absent, null or empty"),
  WRONG_TYPE("a field has another JSON type than the contract says"),
  TOO_LONG("a text is longer than its limit"),
  TOO_MANY("a list or map has more entries than its limit"),
  BAD_TIME(
      "a time is neither RFC 3339 with a zone nor epoch milliseconds, or `sent_at` or `received_at`"
          + " is not of a year from 0 to 9999"),
  TIME_IN_FUTURE("the event time lies further in the future than max-future-skew allows"),
  TIME_TOO_OLD("the event time lies further in the past than max-event-age allows"),
  BAD_EVENT_TYPE("the event type is not of the form [a-z][a-z0-9_]*"),
  BAD_VALUE("a value lies outside what its field allows"),
  INTERNAL_TRAFFIC("the event is the own people's, as the settings tell them"),
  UNSENDABLE("what Weir made of the record is too large for its topic; a defect of Weir");

  private final String meaning;

  RejectReason(String meaning) {
    this.meaning = meaning;
  }

  /** The stable, lower-case code of this reason. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
