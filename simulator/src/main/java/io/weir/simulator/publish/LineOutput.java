package io.weir.simulator.publish;

import java.io.IOException;
import java.io.OutputStream;

/** Writes lines through a large buffer. */
final class LineOutput {
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 18];
  private int used;
  private long written;

  LineOutput(OutputStream out) {
    this.out = out;
  }

  void line(byte[] bytes, int length) throws IOException {
    written += length + 1;
    if (used + length + 1 > buffer.length) {
      flush();
    }
    if (length + 1 > buffer.length) {
      out.write(bytes, 0, length);
      out.write('\n');
      return;
    }
    System.arraycopy(bytes, 0, buffer, used, length);
    used += length;
    buffer[used++] = '\n';
  }

  void flush() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
    out.flush();
  }

  long written() {
    return written;
  }

  void close() throws IOException {
    try (out) {
      flush();
    }
  }
}
