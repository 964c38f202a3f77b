package io.weir.sink.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A third-party server on the test's class path, in a process of its own. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> command = new ArrayList<>();
  private final Path folder;
  private final BooleanSupplier isReady;
  private Process process;

  ServerProcess(Path folder, BooleanSupplier isReady, String main, List<String> arguments) {
    this.folder = folder;
    this.isReady = isReady;
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main));
    command.addAll(arguments);
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
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
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
      Thread.onSpinWait();
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
