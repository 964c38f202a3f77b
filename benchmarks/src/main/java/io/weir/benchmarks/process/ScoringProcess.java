package io.weir.benchmarks.process;

import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Home;
import io.weir.local.platform.Service;
import io.weir.local.process.ProcessSpec;
import io.weir.process.StartupException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An ml-scoring in a process of its own, with the starter model of the demo. */
public final class ScoringProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 100;
  private static final int OK = 200;

  private final BenchProcess process;
  private final int port;

  private ScoringProcess(BenchProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts an ml-scoring as the project's launcher does; returns when it is ready.
   *
   * @param flags for its JVM, besides the launcher's or in their place
   */
  public static ScoringProcess start(Home home, List<String> flags, Map<String, String> settings)
      throws InterruptedException {
    Catalogue catalogue = ProjectFolder.catalogue(home, settings);
    ProcessSpec spec = catalogue.process(Service.SCORING);
    ProcessSpec flagged = spec.withJavaFlags(JavaFlags.merged(spec.javaFlags(), flags));
    var started =
        new ScoringProcess(BenchProcess.start(flagged), catalogue.ports().of(Service.SCORING));
    try {
      started.awaitReady();
      return started;
    } catch (StartupException e) {
      started.close();
      throw e;
    }
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isReady(http)) {
        process.check();
        if (System.nanoTime() > deadline) {
          throw new StartupException("ml-scoring is not ready after " + PATIENCE);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  private boolean isReady(HttpClient http) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/ready");
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode()
          == OK;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new StartupException("ml-scoring does not answer /ready: " + e, e);
    }
  }

  /** The port of its HTTP answers. */
  public int port() {
    return port;
  }

  /** CPU time and memory of the process. */
  public ProcessUsage usage() {
    return process.usage();
  }

  @Override
  public void close() {
    process.close();
  }
}
