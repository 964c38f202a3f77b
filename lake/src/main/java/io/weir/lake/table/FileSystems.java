package io.weir.lake.table;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The configuration of Hadoop's file systems. The operator's settings override these defaults. */
final class FileSystems {
  private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";

  /**
   * A loop must learn within seconds that the object store is away: it reports the failure and
   * tries again itself. S3A's own defaults retry for many minutes, and the loop would lose its
   * partitions.
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
