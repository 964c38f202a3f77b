package io.weir.stream.ops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the Streams client: start it, wait for its end, say how it ended. */
public final class StreamRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamRunner.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final KafkaStreams streams;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  public StreamRunner(KafkaStreams streams) {
    this.streams = streams;
  }

  public void start() {
    streams.setUncaughtExceptionHandler(this::failed);
    streams.setStateListener((now, before) -> {
      log.info("stream client: {} -> {}", before, now);
      if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
        ended.countDown();
      }
    });
    streams.start();
  }

  private StreamThreadExceptionResponse failed(Throwable e) {
    failure.compareAndSet(null, e);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Blocks until the client has ended; null when it was closed in good order. */
  public @Nullable Throwable awaitEnd() throws InterruptedException {
    ended.await();
    return failure.get();
  }

  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  public String state() {
    return streams.state().name();
  }

  @Override
  public void close() {
    // Leaving at once hands the partitions on; otherwise the group waits for a session timeout.
    CloseOptions leave =
        CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_TIMEOUT);
    if (!streams.close(leave)) {
      log.warn(
          "the stream client did not stop within {}; it resumes from its last commit",
          CLOSE_TIMEOUT);
    }
    ended.countDown();
  }
}
