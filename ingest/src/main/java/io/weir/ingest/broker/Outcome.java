package io.weir.ingest.broker;

import java.util.Locale;

/**
 * The stream application's work since a moment.
 *
 * @param isSettled false if it was still at work when the patience ended
 */
public record Outcome(
    long accepted, long duplicate, long rejected, long late, long sessions, boolean isSettled) {

  Outcome since(Outcome before) {
    return new Outcome(
        accepted - before.accepted,
        duplicate - before.duplicate,
        rejected - before.rejected,
        late - before.late,
        sessions - before.sessions,
        isSettled);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d accepted, %,d duplicate, %,d rejected, %,d late, %,d sessions closed%s",
        accepted,
        duplicate,
        rejected,
        late,
        sessions,
        isSettled ? "" : "; still at work");
  }
}
