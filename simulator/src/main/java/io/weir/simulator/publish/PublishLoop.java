package io.weir.simulator.publish;

import io.weir.process.kafka.EventPublisher;
import io.weir.simulator.fault.Arrival;
import io.weir.simulator.fault.Arrivals;
import io.weir.simulator.truth.GroundTruth;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends the records that have arrived by now and adds them to the ground truth. */
public final class PublishLoop implements Step {
  private static final int MOST = 1_000;

  private final Arrivals arrivals;
  private final EventPublisher publisher;
  private final GroundTruth truth;
  private final LongSupplier now;
  private final Throttle pace;
  private @Nullable Arrival next;
  private boolean finished;

  /**
   * A loop in which {@code now} is the simulated time: that of a clock, or later than everything.
   */
  public PublishLoop(
      Arrivals arrivals, EventPublisher publisher, GroundTruth truth, LongSupplier now) {
    this(arrivals, publisher, truth, now, new Throttle(Double.POSITIVE_INFINITY, now));
  }

  /** The same, with at most so many records a second as the pace allows. */
  public PublishLoop(
      Arrivals arrivals,
      EventPublisher publisher,
      GroundTruth truth,
      LongSupplier now,
      Throttle pace) {
    this.arrivals = arrivals;
    this.publisher = publisher;
    this.truth = truth;
    this.now = now;
    this.pace = pace;
  }

  @Override
  public int doWork() {
    long until = now.getAsLong();
    int most = pace.take(MOST);
    int sent = 0;
    while (sent < most) {
      Arrival due = next == null ? arrivals.next() : next;
      next = due;
      if (due == null) {
        finished = true;
        return sent;
      }
      if (due.arrivesAt() > until) {
        break;
      }
      publisher.publish(due.key(), due.value(), due.length());
      truth.add(due);
      next = null;
      sent++;
    }
    if (sent == 0) {
      publisher.idle();
    }
    return sent;
  }

  @Override
  public boolean finished() {
    return finished;
  }
}
