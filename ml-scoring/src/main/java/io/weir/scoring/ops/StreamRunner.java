package io.weir.scoring.ops;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the stream once it is told to, and tells when it has ended for good. */
public final class StreamRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamRunner.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  /** Leaving at once hands the partitions on; otherwise the group waits for a session timeout. */
  private static final CloseOptions LEAVING =
      CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
          .withTimeout(CLOSE_TIMEOUT);

  private final Topology topology;
  private final Properties properties;
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private volatile @Nullable KafkaStreams streams;
  private boolean isClosed;

  public StreamRunner(Topology topology, Properties properties) {
    this.topology = topology;
    this.properties = properties;
  }

  /** Starts the stream; does nothing when it was started or closed before. */
  public synchronized void start() {
    if (streams != null || isClosed) {
      return;
    }
    var started = new KafkaStreams(topology, properties);
    started.setUncaughtExceptionHandler(this::stop);
    started.setStateListener((now, _) -> noticeError(now));
    streams = started;
    started.start();
    log.info("scoring has started");
  }

  private StreamThreadExceptionResponse stop(Throwable cause) {
    fail("the stream has failed: " + rootMessage(cause));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void noticeError(KafkaStreams.State now) {
    if (now == KafkaStreams.State.ERROR) {
      fail("the stream has ended in state ERROR");
    }
  }

  /** Ends the service with this reason, unless there was one before. */
  public void fail(String reason) {
    failure.complete(reason);
  }

  /** Completes with the reason, in one line, when the stream cannot go on. */
  public CompletableFuture<String> failure() {
    return failure.copy();
  }

  /** "ok" while records are processed, else what the stream does instead. */
  public String state() {
    KafkaStreams running = streams;
    if (running == null) {
      return "not started: waits for a model";
    }
    KafkaStreams.State state = running.state();
    return state == KafkaStreams.State.RUNNING ? "ok" : "is " + state;
  }

  /** Records that lie on the topic and were not read yet; NaN before the start. */
  public double lag() {
    KafkaStreams running = streams;
    if (running == null) {
      return Double.NaN;
    }
    double lag = 0;
    for (Metric metric : running.metrics().values()) {
      if (metric.metricName().name().equals("records-lag")
          && metric.metricValue() instanceof Double value
          && !value.isNaN()) {
        lag += value;
      }
    }
    return lag;
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    KafkaStreams running = streams;
    if (running != null && !running.close(LEAVING)) {
      log.warn("the stream did not close within {}", CLOSE_TIMEOUT);
    }
  }
}
