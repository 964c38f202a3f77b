package io.weir.stream.session;

/** The outcome of an event. */
public enum Acceptance {
  /** The event is in a session, open or closed. */
  IN_SESSION,
  /** The visitor's state knows the event id already. */
  DUPLICATE,
  /** The event is beyond the allowed lateness and in no session. */
  TOO_LATE
}
