package io.weir.sink.storage;

import io.weir.testkit.TestJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A third-party server on the test's class path, in a process of its own. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final ProcessBuilder builder;
  private final Path folder;
  private final BooleanSupplier isReady;
  private Process process;

  ServerProcess(Path folder, BooleanSupplier isReady, String main, List<String> arguments) {
    this.folder = folder;
    this.isReady = isReady;
    this.builder = TestJvm.brief(main, "256m", arguments.toArray(String[]::new));
    this.process = start();
  }

  void stop() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void startAgain() {
    process = start();
  }

  private Process start() {
    Path log = folder.resolve("server.log");
    try {
      Files.createDirectories(folder);
      Process started =
          builder
              .directory(folder.toFile())
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      await(started, log);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(Process started, Path log) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady.getAsBoolean()) {
      if (!started.isAlive() || System.nanoTime() > end) {
        started.destroyForcibly();
        throw new IllegalStateException("the server does not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  static boolean answers(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
