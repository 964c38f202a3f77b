package io.weir.simulator.publish;

import io.weir.process.StartupException;
import io.weir.process.kafka.EventPublisher;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file of JSON lines, or standard output. Keys are left out: they follow from the
 * events.
 */
public final class FilePublisher implements EventPublisher {
  private final @Nullable Path path;
  private final LineOutput out;
  private final int partitions;
  private boolean closed;

  private FilePublisher(@Nullable Path path, LineOutput out, int partitions) {
    this.path = path;
    this.out = out;
    this.partitions = partitions;
  }

  public static FilePublisher to(Path path, int partitions) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return new FilePublisher(path, new LineOutput(Files.newOutputStream(path)), partitions);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  public static FilePublisher toStandardOutput(int partitions) {
    return new FilePublisher(
        null, new LineOutput(new FileOutputStream(FileDescriptor.out)), partitions);
  }

  @Override
  public void publish(byte @Nullable [] key, byte[] value, int length) {
    try {
      out.line(value, length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void idle() {
    flush();
  }

  @Override
  public void flush() {
    try {
      out.flush();
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
    if (closed) {
      return;
    }
    closed = true;
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(IOException e) {
    return path == null ? new OutputClosedException(e) : unwritable(path, e);
  }

  static StartupException unwritable(Path path, IOException e) {
    return new StartupException(
        "--out " + path + " cannot be written (" + Reason.of(e) + "); free space or name another",
        e);
  }
}
