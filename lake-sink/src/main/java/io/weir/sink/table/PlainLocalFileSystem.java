package io.weir.sink.table;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files without a {@code .crc} beside each: Parquet and Avro notice damage themselves. A full
 * disk is an exception here, not the error that Hadoop makes of it and that would end the process.
 * Still a {@link LocalFileSystem}, which S3A insists on for what it buffers on disk.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    setWriteChecksum(false);
    setVerifyChecksum(false);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    OutputStream out =
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(new Tame(out), null);
  }

  private static final class Tame extends OutputStream {
    private final OutputStream out;

    Tame(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      tame(() -> out.write(value));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      tame(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
      tame(out::flush);
    }

    @Override
    public void close() throws IOException {
      tame(out::close);
    }

    private interface Step {
      void run() throws IOException;
    }

    private static void tame(Step step) throws IOException {
      try {
        step.run();
      } catch (FSError e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
      }
    }
  }
}
