package io.weir.simulator.publish;

import io.weir.process.StartupException;
import io.weir.process.kafka.EventPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes complete files into a landing folder, as {@code events-000001.jsonl} and so on, numbered
 * after the existing files. A file is finished at 64 MiB, or after ten seconds when nothing else is
 * due.
 */
public final class FolderPublisher implements EventPublisher {
  private static final long FULL = 64L << 20;
  private static final Duration OLD = Duration.ofSeconds(10);

  private final Path folder;
  private final int partitions;
  private final Clock clock;
  private int files;
  private @Nullable LineOutput out;
  private long openedAt;

  private FolderPublisher(Path folder, int partitions, Clock clock, int files) {
    this.folder = folder;
    this.partitions = partitions;
    this.clock = clock;
    this.files = files;
  }

  public static FolderPublisher to(Path folder, int partitions, Clock clock) {
    try {
      Files.createDirectories(folder);
      return new FolderPublisher(folder, partitions, clock, highest(folder));
    } catch (IOException e) {
      throw FilePublisher.unwritable(folder, e);
    }
  }

  private static int highest(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.matches("events-\\d{6}\\.jsonl"))
          .mapToInt(name -> Integer.parseInt(name.substring(7, 13)))
          .max()
          .orElse(0);
    }
  }

  @Override
  public void publish(byte @Nullable [] key, byte[] value, int length) {
    try {
      LineOutput current = out == null ? open() : out;
      current.line(value, length);
      if (current.written() >= FULL) {
        finish();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private LineOutput open() throws IOException {
    files++;
    openedAt = clock.millis();
    LineOutput opened = new LineOutput(Files.newOutputStream(hidden()));
    out = opened;
    return opened;
  }

  private Path hidden() {
    return folder.resolve("." + name() + ".part");
  }

  private String name() {
    return String.format(Locale.ROOT, "events-%06d.jsonl", files);
  }

  private void finish() throws IOException {
    if (out != null) {
      LineOutput finished = out;
      out = null;
      finished.close();
      Files.move(hidden(), folder.resolve(name()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void idle() {
    if (out != null && clock.millis() - openedAt >= OLD.toMillis()) {
      close();
    }
  }

  @Override
  public void flush() {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public void close() {
    try {
      finish();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private StartupException failed(IOException e) {
    return FilePublisher.unwritable(folder, e);
  }
}
