package io.weir.stream;

import io.weir.http.WebServer;
import io.weir.process.RootCause;
import io.weir.process.access.KafkaRefusal;
import io.weir.process.streams.StreamRunner;
import io.weir.process.trace.Tracing;
import io.weir.stream.ops.ScoreReader;
import io.weir.stream.ops.StateDisk;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.live.LiveStream;
import io.weir.stream.query.metrics.SessionDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service. HTTP starts first, so that it can say it is not ready, then the stream. The
 * end goes the other way round: not ready, a moment for the last questions, no HTTP, no stream.
 */
final class StreamService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamService.class);

  /** A stream that restores its state leaves the processor time for other work. */
  private static final Duration USUAL_START = Duration.ofSeconds(10);

  private final StreamRunner runner;
  private final WebServer server;
  private final Companions companions;
  private final StreamConfig config;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** The services that run beside the stream. */
  record Companions(
      EnrichmentRun enrichment,
      List<ScoreReader<?>> scores,
      LiveStream live,
      Forwarder forwarder,
      StateDisk disk,
      Optional<SessionDatabase> database,
      Tracing tracing)
      implements AutoCloseable {

    void start() {
      scores.forEach(ScoreReader::start);
      live.start();
      disk.start();
    }

    @Override
    public void close() {
      disk.close();
      live.close();
      scores.forEach(ScoreReader::close);
      forwarder.close();
      database.ifPresent(SessionDatabase::close);
      enrichment.close();
      tracing.close();
    }
  }

  StreamService(StreamRunner runner, WebServer server, Companions companions, StreamConfig config) {
    this.runner = runner;
    this.server = server;
    this.companions = companions;
    this.config = config;
  }

  void start() {
    server.start();
    runner.start();
    companions.start();
    companions.enrichment().warm(() -> runner.awaitRunning(USUAL_START));
    log.info("stream-app answers at {}", server.url());
  }

  /** Blocks until the stream ends; the exit code. */
  int await() throws InterruptedException {
    Throwable failure = runner.awaitEnd();
    if (failure == null) {
      return 0;
    }
    log.error(
        "the stream client ended and the process with it; the next start resumes where it was."
            + " Cause: {}. WEIR_STREAM_STATE_DIR={} has {} MB left",
        KafkaRefusal.of(failure, config.rights()).orElseGet(() -> RootCause.of(failure).toString()),
        config.stateDir(),
        config.stateDir().toFile().getUsableSpace() >> 20,
        failure);
    return 1;
  }

  /** May be called twice, even concurrently: both calls return when everything is closed. */
  @Override
  public void close() {
    try {
      if (isClosed.compareAndSet(false, true)) {
        closeInOrder();
      } else {
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("interrupted while stopping");
    }
  }

  private void closeInOrder() throws InterruptedException {
    try {
      runner.announceEnd();
      if (server.isRunning()) {
        // The time load balancers get to look at /ready, and questions under way to end.
        Thread.sleep(config.shutdown().drain());
      }
      companions.close();
      server.close();
      runner.close();
    } finally {
      closed.countDown();
    }
  }
}
