package io.weir.stream.ops;

import io.weir.process.streams.StreamRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the room on the state's disk. On a full disk RocksDB either fails, which ends the stream,
 * or blocks the stream thread for good. So a disk that stays full ends the process.
 */
public final class StateDisk implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StateDisk.class);
  private static final long LEAST_BYTES = 4L << 20;
  private static final long LOOK_MILLIS = 2_000;
  private static final int PATIENT_LOOKS = 5;

  private final Path folder;
  private final LongSupplier room;
  private final Consumer<Throwable> giveUp;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("state-disk").factory());
  private volatile int fullLooks;

  public StateDisk(Path folder, StreamRunner runner) {
    this(folder, () -> folder.toFile().getUsableSpace(), runner::fail);
  }

  StateDisk(Path folder, LongSupplier room, Consumer<Throwable> giveUp) {
    this.folder = folder;
    this.room = room;
    this.giveUp = giveUp;
  }

  public void start() {
    var _ = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void look() {
    if (room.getAsLong() >= LEAST_BYTES) {
      fullLooks = 0;
      return;
    }
    int looks = fullLooks + 1;
    fullLooks = looks;
    if (looks == 1) {
      log.error("{}; make room, or the process ends and resumes at its next start", text());
    } else if (looks == PATIENT_LOOKS) {
      giveUp.accept(new IOException("No space left on device: " + text()));
    }
  }

  /** The problem with the disk; empty while it has room. */
  public Optional<String> problem() {
    return fullLooks > 0 ? Optional.of(text()) : Optional.empty();
  }

  private String text() {
    return "the disk of WEIR_STREAM_STATE_DIR="
        + folder
        + " is full: "
        + (room.getAsLong() >> 10)
        + " KB left";
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
