package io.weir.ingest.run;

import io.weir.ingest.broker.History;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to stop, seen by the loops. */
public final class Stop implements History.StopSign {
  private final CountDownLatch wished = new CountDownLatch(1);

  public void request() {
    wished.countDown();
  }

  @Override
  public boolean isRequested() {
    return wished.getCount() == 0;
  }

  /** Waits that long, or until a stop is requested. */
  @Override
  public void pause(long millis) {
    try {
      var _ = wished.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request();
    }
  }
}
