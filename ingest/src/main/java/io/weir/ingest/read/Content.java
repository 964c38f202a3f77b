package io.weir.ingest.read;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The bytes of a file, unpacked if it is gzip, and the number of file bytes read for them. */
public final class Content implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP = 0x1f8b;
  private static final int ZIP = 0x504b;
  private static final int BZIP2 = 0x425a;
  private static final int ZSTD = 0x28b5;
  private static final int XZ = 0xfd37;
  private static final int UTF_16_BIG = 0xfeff;
  private static final int UTF_16_LITTLE = 0xfffe;

  private final Path path;
  private final Counted counted;
  private final InputStream in;
  private boolean isTruncated;

  private Content(Path path, Counted counted, InputStream in) {
    this.path = path;
    this.counted = counted;
    this.in = in;
  }

  public static Content open(Path path) {
    try {
      var counted = new Counted(Files.newInputStream(path));
      var buffered = new BufferedInputStream(counted, BUFFER);
      buffered.mark(2);
      int magic = buffered.read() << 8 | buffered.read();
      buffered.reset();
      refuseOthers(path, magic);
      InputStream in = magic == GZIP ? new GZIPInputStream(buffered, BUFFER) : buffered;
      return new Content(path, counted, in);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void refuseOthers(Path path, int magic) {
    String what =
        switch (magic) {
          case ZIP -> "a zip archive; unpack it first";
          case BZIP2 -> "packed with bzip2; unpack it first, or pack it with gzip";
          case ZSTD -> "packed with zstd; unpack it first, or pack it with gzip";
          case XZ -> "packed with xz; unpack it first, or pack it with gzip";
          case UTF_16_BIG, UTF_16_LITTLE -> "UTF-16; make UTF-8 of it: iconv -f UTF-16 -t UTF-8";
          default -> "";
        };
    if (!what.isEmpty()) {
      throw new UnreadableFileException(path + " is " + what);
    }
  }

  /** Fills the buffer as far as possible; returns 0 at the end. */
  int read(byte[] buffer) {
    try {
      return Math.max(0, in.read(buffer));
    } catch (IOException e) {
      if (in instanceof GZIPInputStream) {
        // Packed data that end early or are damaged: the part that was unpacked is good.
        isTruncated = true;
        return 0;
      }
      throw unreadable(path, e);
    }
  }

  /** Whether the packed data ended early or were damaged. */
  public boolean isTruncated() {
    return isTruncated;
  }

  /** The number of bytes read from the file; packed bytes if it is packed. */
  public long bytesRead() {
    return counted.bytes;
  }

  private static UnreadableFileException unreadable(Path path, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UnreadableFileException(path + " cannot be read: " + reason, e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      bytes += Math.max(0, read);
      return read;
    }
  }
}
