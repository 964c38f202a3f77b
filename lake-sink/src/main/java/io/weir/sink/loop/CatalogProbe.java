package io.weir.sink.loop;

import io.weir.lake.commit.CauseChain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a table's catalog answers: asked now and then and before each commit, and ever less often
 * while it does not. Its silence is reported here; what the loop does meanwhile is its own affair.
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

  /** As of the last question, which was not long ago. */
  boolean answers() {
    long now = parts.clock().millis();
    return !backoff.isWaiting(now) && (now < nextMillis || asked());
  }

  /** As of now. */
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
        "{} cannot commit, reads on up to {} bytes and will try again: {}",
        parts.health().name(),
        parts.roll().bytes(),
        reason);
    parts.meters().failed();
    parts.health().down(reason);
    nextMillis = Long.MIN_VALUE;
    backoff.failed(parts.clock().millis());
  }
}
