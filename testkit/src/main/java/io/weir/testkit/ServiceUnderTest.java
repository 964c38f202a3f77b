package io.weir.testkit;

import io.weir.process.JvmFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A service as a process of its own, started as an operator would: with the classes of the module
 * under test, variables, and words. What it prints goes to a log.
 */
public final class ServiceUnderTest implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int END_SECONDS = 60;
  private static final int ORDERLY_END_SECONDS = 30;

  private final Process process;
  private final int port;
  private final Path log;

  private ServiceUnderTest(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * The process to start.
   *
   * @param heap the most of it, for example {@code 256m}
   * @param log a file; its folder is made
   */
  public record Launch(
      String mainClass,
      String heap,
      Map<String, String> environment,
      List<String> words,
      Path log) {
    public Launch {
      environment = Map.copyOf(environment);
      words = List.copyOf(words);
    }

    /** The same with these words behind the main class. */
    public Launch with(String... more) {
      return new Launch(mainClass, heap, environment, List.of(more), log);
    }
  }

  /** Starts a service that listens on this port of the loopback address. */
  public static ServiceUnderTest start(Launch launch, int port) {
    return new ServiceUnderTest(run(launch), port, launch.log());
  }

  /** Starts a process that serves nothing. */
  public static Process run(Launch launch) {
    try {
      Path folder = launch.log().toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      var builder = new ProcessBuilder(command(launch)).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
      builder.environment().putAll(launch.environment());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line of a launch, for a test that wires the streams itself. */
  public static List<String> command(Launch launch) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.ofAll());
    command.addAll(
        List.of("-Xmx" + launch.heap(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(classPath(), launch.mainClass()));
    command.addAll(launch.words());
    return command;
  }

  private static String classPath() {
    try {
      String libraries = Files.readString(Path.of("target", "classpath")).strip();
      return Path.of("target", "classes").toAbsolutePath() + ":" + libraries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  public URI uri(String path) {
    return URI.create("http://" + address() + path);
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  /** Posts JSON. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  /** The status of a path; 0 while nobody answers. */
  public int status(String path) throws InterruptedException {
    try {
      return get(path).statusCode();
    } catch (IOException _) {
      return 0;
    }
  }

  public boolean isReady() throws InterruptedException {
    return status("/ready") == 200;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything the process has printed. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it with SIGKILL, without a chance to tidy up. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end; returns its exit code. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the service has not ended: " + output());
    }
    return process.exitValue();
  }

  /** Ends it with SIGTERM, and with SIGKILL when that takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ORDERLY_END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
