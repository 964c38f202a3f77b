package io.weir.simulator.publish;

import io.weir.process.StartupException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Reads a file, gzipped or plain, line by line into one buffer. */
public final class LineReader implements AutoCloseable {
  /** The longest line; longer ones are counted and skipped, because no broker accepts them. */
  static final int LONGEST = 1_000_000;

  private static final int GZIP_MAGIC = 0x1f8b;

  private final Path path;
  private final InputStream in;
  private final byte[] block = new byte[1 << 16];
  private int blockPosition;
  private int blockEnd;
  private byte[] line = new byte[4_096];
  private int length;
  private long tooLong;

  private LineReader(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  public static LineReader open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new StartupException(path + " is a folder; name a file of JSON lines to replay");
      }
      var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
      in.mark(2);
      int magic = in.read() << 8 | in.read();
      in.reset();
      return new LineReader(path, magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Reads the next line that is neither blank nor too long; false at the end. */
  boolean next() {
    while (fill()) {
      if (length > LONGEST) {
        tooLong++;
      } else if (length > 0) {
        return true;
      }
    }
    return false;
  }

  /** Reads one line without its end; false when there is none. */
  private boolean fill() {
    length = 0;
    boolean any = false;
    while (blockPosition < blockEnd || refill()) {
      any = true;
      int end = blockPosition;
      while (end < blockEnd && block[end] != '\n') {
        end++;
      }
      append(end);
      blockPosition = end + 1;
      if (end < blockEnd) {
        break;
      }
    }
    if (length > 0 && length <= LONGEST && line[length - 1] == '\r') {
      length--;
    }
    return any;
  }

  /** Appends bytes; of a line that is too long it keeps only the length. */
  private void append(int end) {
    int more = end - blockPosition;
    int sum = Math.min(length + more, LONGEST + 1);
    if (sum <= LONGEST) {
      if (sum > line.length) {
        line = Arrays.copyOf(line, Math.max(sum, line.length * 2));
      }
      System.arraycopy(block, blockPosition, line, length, more);
    }
    length = sum;
  }

  private boolean refill() {
    try {
      blockPosition = 0;
      blockEnd = Math.max(0, in.read(block));
      return blockEnd > 0;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  byte[] line() {
    return line;
  }

  int length() {
    return length;
  }

  long tooLong() {
    return tooLong;
  }

  private static StartupException unreadable(Path path, IOException e) {
    return new StartupException(
        path + " cannot be read (" + Reason.of(e) + "); name a file of JSON lines, plain or .gz",
        e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }
}
