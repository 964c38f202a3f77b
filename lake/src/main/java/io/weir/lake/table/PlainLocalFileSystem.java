package io.weir.lake.table;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.hadoop.util.functional.RemoteIterators;

/**
 * Local files without {@code .crc} files, because Parquet and Avro detect damage themselves. On a
 * full disk an {@link IOException} is thrown, where Hadoop throws an error that would end the
 * process. The class extends {@link LocalFileSystem}, because S3A requires one for its buffers on
 * disk.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {

  public PlainLocalFileSystem() {
    super(new Unpermitted());
  }

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

  /**
   * Lists files without permissions and owners. Hadoop would start a process per file to read them,
   * and fail if the file was deleted meanwhile.
   */
  @Override
  public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path folder) throws IOException {
    FileStatus[] found = listStatus(folder);
    var plain = new LocatedFileStatus[found.length];
    for (int i = 0; i < found.length; i++) {
      FileStatus file = found[i];
      var bare =
          new FileStatus(
              file.getLen(),
              file.isDirectory(),
              file.getReplication(),
              file.getBlockSize(),
              file.getModificationTime(),
              file.getPath());
      plain[i] = new LocatedFileStatus(bare, new BlockLocation[0]);
    }
    return RemoteIterators.remoteIteratorFromArray(plain);
  }

  /** Leaves the permissions to the process's umask. Hadoop would start chmod twice per file. */
  private static final class Unpermitted extends RawLocalFileSystem {
    @Override
    public void setPermission(Path file, FsPermission permission) {
      // The permissions stay as the umask made them.
    }
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
