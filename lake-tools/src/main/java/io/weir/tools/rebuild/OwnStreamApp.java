package io.weir.tools.rebuild;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stream-app of a rebuild as a process of this command; nothing if somebody else runs it. */
final class OwnStreamApp implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private static final Consumer<ProcessHandle> END = ProcessHandle::destroy;

  private final @Nullable Process process;
  private final @Nullable Path output;

  private OwnStreamApp(@Nullable Process process, @Nullable Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts the command with these settings and those of this process; empty for none. */
  static OwnStreamApp start(String command, Map<String, String> settings) {
    if (command.isEmpty()) {
      return new OwnStreamApp(null, null);
    }
    var builder = new ProcessBuilder(List.of("sh", "-c", command));
    builder.environment().putAll(settings);
    try {
      Path output = Files.createTempFile("stream-app-of-rebuild-", ".log");
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process started = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> tree(started).forEach(END)));
      return new OwnStreamApp(started, output);
    } catch (IOException e) {
      throw new StartupException("--stream-app cannot be started: " + e.getMessage(), e);
    }
  }

  /** Fails when the process has ended before its time. */
  void check() {
    if (process != null && !process.isAlive()) {
      throw new StartupException(
          "the stream-app of the rebuild has ended with code "
              + process.exitValue()
              + "; its output is in "
              + output);
    }
  }

  /** The shell first, so that it does not go on with its next command, and all that it started. */
  private static List<ProcessHandle> tree(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** Ends the process as an operator would; may be called twice. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    List<ProcessHandle> all = tree(process);
    all.forEach(END);
    try {
      CompletableFuture.allOf(
              all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
