package io.weir.stream.processor;

import io.weir.contract.avro.Session;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of what this process did with raw records since it started. In the sum of all
 * instances, {@code received = accepted + duplicate + rejected} at every commit; a rekeyed record
 * is received once, where it first arrives. Late events are part of the accepted. A record that is
 * processed again because a transaction was aborted counts again. The counts of each minute in
 * {@code gold.quality} are part of the transaction and exact.
 */
public final class IngestCounts {
  public final LongAdder received = new LongAdder();
  public final LongAdder accepted = new LongAdder();
  public final LongAdder duplicate = new LongAdder();
  public final LongAdder rejected = new LongAdder();
  public final LongAdder rekeyed = new LongAdder();
  public final LongAdder late = new LongAdder();
  public final LongAdder sessionsClosed = new LongAdder();
  public final LongAdder sessionsRevised = new LongAdder();
  public final LongAdder botSessions = new LongAdder();

  /** Records that their topic would not take; zero unless Weir has a defect. */
  public final LongAdder unsendable = new LongAdder();

  public final LongAdder sessionsRetracted = new LongAdder();

  /** What was refused last. */
  public final RefusedExamples refused = new RefusedExamples();

  void emitted(Session session, int firstRevision) {
    if (session.getIsRetracted()) {
      sessionsRetracted.increment();
    } else if (session.getRevision() != firstRevision) {
      sessionsRevised.increment();
    } else {
      sessionsClosed.increment();
      if (session.getIsBot()) {
        botSessions.increment();
      }
    }
  }
}
