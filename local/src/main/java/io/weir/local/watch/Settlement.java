package io.weir.local.watch;

import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.process.StartupException;
import java.io.IOException;
import java.time.Duration;

/**
 * Waits until stream-app has no work left, which two answers in a row, a second apart, must say.
 */
public final class Settlement {
  private static final Duration POLL = Duration.ofSeconds(1);
  private final Platform platform;
  private final StreamStatus.Reader reader;

  public Settlement(Platform platform) {
    this.platform = platform;
    this.reader = new StreamStatus.Reader(platform.catalogue().address(Service.STREAM));
  }

  /** The settled status; fails if it takes too long or the service does not answer. */
  public StreamStatus await(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    StreamStatus before = read();
    while (true) {
      Thread.sleep(POLL);
      platform.failOnEnded();
      StreamStatus now = read();
      if (before.settled() && now.settled() && before.received() == now.received()) {
        return now;
      }
      if (System.nanoTime() > deadline) {
        throw new StartupException(
            "stream-app is not settled after " + patience.toSeconds() + " s: " + now);
      }
      before = now;
    }
  }

  private StreamStatus read() throws InterruptedException {
    try {
      return reader.read();
    } catch (IOException e) {
      platform.failOnEnded();
      throw new StartupException("stream-app does not answer: " + e, e);
    }
  }
}
