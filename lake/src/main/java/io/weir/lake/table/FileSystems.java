package io.weir.lake.table;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Hadoop's file systems as this service wants them; what the operator sets wins. */
final class FileSystems {
  private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";

  /**
   * Of an object store that is away a loop must hear within seconds: it says so and tries again by
   * itself. S3A alone would try for many minutes, and the loop would lose its partitions.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "fs.file.impl", PlainLocalFileSystem.class.getName(),
          "fs.s3.impl", S3A,
          "fs.s3a.attempts.maximum", "3",
          "fs.s3a.retry.limit", "1",
          "fs.s3a.retry.throttle.limit", "1",
          "fs.s3a.connection.establish.timeout", "15s",
          "fs.s3a.connection.timeout", "15s",
          "fs.s3a.connection.request.timeout", "30s",
          "fs.s3a.multipart.size", "16M");

  private FileSystems() {}

  static Configuration configuration(Map<String, String> settings) {
    var configuration = new Configuration();
    DEFAULTS.forEach(configuration::set);
    settings.forEach(configuration::set);
    return configuration;
  }
}
