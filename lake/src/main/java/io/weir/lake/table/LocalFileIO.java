package io.weir.lake.table;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Files;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Opens local files without Hadoop, because Hadoop takes longer to start than most commands take to
 * answer. Other files, and all writes, use Hadoop, which is started on first use.
 */
public final class LocalFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  private transient @Nullable HadoopFileIO others;

  /** Called by Iceberg, which creates the object from the name of its class. */
  public LocalFileIO() {}

  static boolean isLocal(String location) {
    String path = path(location);
    return path.startsWith("/") && !path.startsWith("//");
  }

  /** The path of {@code file:/a}, {@code file:///a} or {@code /a}. */
  private static String path(String location) {
    String path = location.startsWith("file:") ? location.substring("file:".length()) : location;
    return path.startsWith("///") ? path.substring(2) : path;
  }

  @Override
  public InputFile newInputFile(String location) {
    return isLocal(location) ? Files.localInput(path(location)) : others().newInputFile(location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return others().newOutputFile(location);
  }

  @Override
  public void deleteFile(String location) {
    others().deleteFile(location);
  }

  private synchronized HadoopFileIO others() {
    if (others == null) {
      Configuration configuration = FileSystems.configuration(Map.of());
      others = new HadoopFileIO(configuration);
    }
    return others;
  }

  @Override
  public synchronized void close() {
    if (others != null) {
      others.close();
    }
  }
}
