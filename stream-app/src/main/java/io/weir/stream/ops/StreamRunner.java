package io.weir.stream.ops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final KafkaStreams streams;
  private final String description;
  private final CloseOptions closing;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean isClosing = new AtomicBoolean();

  /**
   * @param description of the topology, for people
   * @param leaves at the end, so that its partitions are handed on at once; a static member stays
   *     and finds them again when it is back within the session timeout
   */
  public StreamRunner(
      KafkaStreams streams, String description, GroupMembershipOperation leaves, Duration timeout) {
    this.streams = streams;
    this.description = description;
    this.closing = CloseOptions.groupMembershipOperation(leaves).withTimeout(timeout);
  }

  public void start() {
    streams.setUncaughtExceptionHandler(this::failed);
    streams.setStateListener(this::changed);
    streams.start();
  }

  private void changed(KafkaStreams.State now, KafkaStreams.State before) {
    log.info("stream client: {} -> {}", before, now);
    if (now == KafkaStreams.State.ERROR) {
      failure.compareAndSet(null, new IllegalStateException("the stream client is in ERROR"));
    }
    if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
      ended.countDown();
    }
  }

  private StreamThreadExceptionResponse failed(Throwable e) {
    failure.compareAndSet(null, e);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Ends the wait for the client, whatever it does: it may hang where nothing can reach it. */
  void giveUp(Throwable cause) {
    failure.compareAndSet(null, cause);
    ended.countDown();
  }

  /** Blocks until the client has ended; null when it was closed in good order. */
  public @Nullable Throwable awaitEnd() throws InterruptedException {
    ended.await();
    return failure.get();
  }

  /** From now on this instance is not ready: no new work should come to it. */
  public void announceEnd() {
    isClosing.set(true);
  }

  public boolean isRunning() {
    return !isClosing.get() && streams.state() == KafkaStreams.State.RUNNING;
  }

  public String state() {
    return isClosing.get() ? "STOPPING" : streams.state().name();
  }

  /** The data flow as Kafka Streams describes it. */
  public String description() {
    return description;
  }

  @Override
  public void close() {
    announceEnd();
    if (!streams.close(closing)) {
      log.warn("the stream client did not stop in time; it resumes from its last commit");
    }
    ended.countDown();
  }
}
