package io.weir.ingest.broker;

import io.weir.process.StartupException;
import java.time.Instant;

/** The data are older than the stream application accepts into sessions. */
public final class TooOldException extends StartupException {
  private static final long serialVersionUID = 1L;

  TooOldException(long time, long oldest, boolean isRejected) {
    super(
        "the data begin at "
            + Instant.ofEpochMilli(time)
            + ", but this stream-app accepts events from "
            + Instant.ofEpochMilli(oldest)
            + " on: older ones "
            + (isRejected ? "are rejected" : "are late and join no session")
            + ". Start one that accepts any age with ./weir demo --empty (./weir down ends this"
            + " one; --fresh begins anew), or send nevertheless with --late-is-fine");
  }
}
