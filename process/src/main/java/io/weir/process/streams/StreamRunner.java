package io.weir.process.streams;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a Kafka Streams client: it starts when it is told to, ends once, and says how it
 * ended.
 */
public final class StreamRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamRunner.class);

  private static final long SETTLED = Long.MIN_VALUE;

  /**
   * A rebalance without a restore is over in some ten milliseconds. A longer one restores state.
   */
  private static final Duration USUAL_REBALANCE = Duration.ofSeconds(1);

  private final Supplier<KafkaStreams> client;
  private final String description;
  private final CloseOptions closing;
  private final LongSupplier nanos;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile @Nullable KafkaStreams streams;
  private volatile boolean isClosing;

  /**
   * The time from which a client that ran before rebalances; {@link #SETTLED} while it does not.
   */
  private volatile long rebalancingSince = SETTLED;

  /**
   * A runner that makes its client when it is started.
   *
   * @param description the data flow as Kafka Streams describes it, for people
   * @param leaves at the end: a member that leaves hands its partitions on at once; a static member
   *     stays and finds them again when it is back within the session timeout
   * @param timeout for the client to commit and end
   */
  public StreamRunner(
      Supplier<KafkaStreams> client,
      String description,
      GroupMembershipOperation leaves,
      Duration timeout) {
    this(client, description, leaves, timeout, System::nanoTime);
  }

  StreamRunner(
      Supplier<KafkaStreams> client,
      String description,
      GroupMembershipOperation leaves,
      Duration timeout,
      LongSupplier nanos) {
    this.client = client;
    this.nanos = nanos;
    this.description = description;
    this.closing = CloseOptions.groupMembershipOperation(leaves).withTimeout(timeout);
  }

  /** Starts the client; does nothing when it was started or closed before. */
  public synchronized void start() {
    if (streams != null || isClosing) {
      return;
    }
    KafkaStreams started = client.get();
    started.setUncaughtExceptionHandler(this::stop);
    started.setStateListener(this::changed);
    streams = started;
    started.start();
  }

  private void changed(KafkaStreams.State now, KafkaStreams.State before) {
    log.info("stream client: {} -> {}", before, now);
    rebalancingSince =
        now == KafkaStreams.State.REBALANCING && before == KafkaStreams.State.RUNNING
            ? nanos.getAsLong()
            : SETTLED;
    if (now == KafkaStreams.State.RUNNING) {
      running.countDown();
    }
    if (now == KafkaStreams.State.ERROR) {
      fail(new IllegalStateException("the stream client is in ERROR"));
    }
    if (now == KafkaStreams.State.NOT_RUNNING) {
      ended.countDown();
    }
  }

  private StreamThreadExceptionResponse stop(Throwable e) {
    failure.compareAndSet(null, e);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /**
   * Ends the wait for the client, whatever the client does: it may hang where nothing can reach it.
   * The first cause counts.
   */
  public void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    ended.countDown();
  }

  /** Blocks until the client runs for the first time; false if it does not within this time. */
  public boolean awaitRunning(Duration most) {
    try {
      return running.await(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Blocks until the client has ended; null when it was closed in good order. */
  public @Nullable Throwable awaitEnd() throws InterruptedException {
    ended.await();
    return failure.get();
  }

  /** From now on this instance is not ready: no new work should come to it. */
  public void announceEnd() {
    isClosing = true;
  }

  public boolean isRunning() {
    return state().equals(KafkaStreams.State.RUNNING.name());
  }

  /**
   * Whether the client does its work. It may have been in a rebalance for a moment: nobody need be
   * sent elsewhere for that. Figures may lack its partitions meanwhile, and say so. A client that
   * has never run does not serve.
   */
  public boolean isServing() {
    String state = state();
    return state.equals(KafkaStreams.State.RUNNING.name())
        || (state.equals(KafkaStreams.State.REBALANCING.name())
            && running.getCount() == 0
            && isRecent(rebalancingSince));
  }

  /** The state changes a moment before {@link #changed} hears of it. */
  private boolean isRecent(long rebalancingSince) {
    return rebalancingSince == SETTLED
        || nanos.getAsLong() - rebalancingSince < USUAL_REBALANCE.toNanos();
  }

  /** The state of the client as Kafka Streams names it; {@code STOPPING} once the end is near. */
  public String state() {
    if (isClosing) {
      return "STOPPING";
    }
    KafkaStreams started = streams;
    return (started == null ? KafkaStreams.State.CREATED : started.state()).name();
  }

  /** The data flow as Kafka Streams describes it. */
  public String description() {
    return description;
  }

  /** What the client measures; nothing before the start. */
  public Map<MetricName, ? extends Metric> metrics() {
    KafkaStreams started = streams;
    return started == null ? Map.of() : started.metrics();
  }

  @Override
  public synchronized void close() {
    announceEnd();
    KafkaStreams started = streams;
    if (started != null && !started.close(closing)) {
      log.warn("the stream client did not stop in time; it resumes from its last commit");
    }
    ended.countDown();
  }
}
