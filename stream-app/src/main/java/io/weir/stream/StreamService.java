package io.weir.stream;

import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.weir.contract.StartupException;
import io.weir.stream.ops.StreamRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: HTTP first, so that it can say it is not ready, then the stream. */
final class StreamService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamService.class);

  private final StreamRunner runner;
  private final EmbeddedServer server;
  private final EnrichmentRun enrichment;

  StreamService(StreamRunner runner, EmbeddedServer server, EnrichmentRun enrichment) {
    this.runner = runner;
    this.server = server;
    this.enrichment = enrichment;
  }

  void start() {
    try {
      server.start();
    } catch (ServerStartupException e) {
      throw new StartupException(
          "the port is taken or not allowed ("
              + e.getMessage()
              + "); set WEIR_STREAM_PORT to a free one",
          e);
    }
    runner.start();
    log.info("stream-app answers at {}", server.getURL());
  }

  /** Blocks until the stream ends; the exit code. */
  int await() throws InterruptedException {
    Throwable failure = runner.awaitEnd();
    if (failure == null) {
      return 0;
    }
    log.error("the stream client ended and the process with it; it resumes where it was", failure);
    return 1;
  }

  @Override
  public void close() {
    runner.close();
    enrichment.close();
    server.getApplicationContext().close();
  }
}
