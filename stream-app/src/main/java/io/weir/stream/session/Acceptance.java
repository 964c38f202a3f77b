package io.weir.stream.session;

/** The outcome of an event. */
public enum Acceptance {
  /** In a session, open or closed. */
  IN_SESSION,
  /** The visitor's state knows the event id already. */
  DUPLICATE,
  /** Beyond the allowed lateness: in no session. */
  TOO_LATE
}
