package io.weir.sink.loop;

import io.weir.lake.commit.CauseChain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether a table's catalog answers: every few seconds and before each commit, and less and
 * less often while it does not. The probe reports a silent catalog in log, metrics and health. The
 * loop decides what to do meanwhile.
 */
final class CatalogProbe {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogProbe.class);
  private static final long BETWEEN_MILLIS = 5_000;

  private final LoopParts parts;
  private final Backoff backoff = new Backoff();
  private long nextMillis = Long.MIN_VALUE;

  CatalogProbe(LoopParts parts) {
    this.parts = parts;
  }

  /** Whether the catalog answered the last question; asks again if the answer is old. */
  boolean answers() {
    long now = parts.clock().millis();
    return !backoff.isWaiting(now) && (now < nextMillis || asked());
  }

  /** Asks the catalog now. */
  boolean asked() {
    try {
      parts.committer().offsets();
    } catch (RuntimeException e) {
      silent(CauseChain.of(e));
      return false;
    }
    backoff.succeeded();
    nextMillis = parts.clock().millis() + BETWEEN_MILLIS;
    return true;
  }

  private void silent(String reason) {
    LOG.warn(
        "{} cannot commit, continues to read up to {} bytes and will try again: {}",
        parts.health().name(),
        parts.roll().bytes(),
        reason);
    parts.meters().failed();
    parts.health().down(reason);
    nextMillis = Long.MIN_VALUE;
    backoff.failed(parts.clock().millis());
  }
}
