package io.weir.sink.table;

import io.weir.contract.Settings;
import io.weir.contract.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** Opens the catalog: JDBC on PostgreSQL, files through Hadoop's file systems. */
public final class LakeCatalog {
  private static final String NAME = "weir";
  private static final String CONNECT_TIMEOUT_SECONDS = "10";
  private static final String ANSWER_TIMEOUT_SECONDS = "60";

  /** The server closed the connection (57P…) or could not be reached (08001, 08004). */
  private static final String RECONNECT_ON = "57P01,57P02,57P03,08001,08004";

  private LakeCatalog() {}

  /** A catalog of its own connections; whoever opens it closes it. */
  public static JdbcCatalog open(LakeLocation location) {
    var catalog = new JdbcCatalog();
    catalog.setConf(hadoop(location));
    catalog.initialize(NAME, properties(location));
    return catalog;
  }

  /** The same for a person: fails with one line when the catalog does not answer. */
  public static JdbcCatalog connect(LakeLocation location) {
    try {
      return open(location);
    } catch (UncheckedSQLException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartupException(
          "the catalog at "
              + location.url()
              + " does not answer ("
              + cause.getMessage()
              + "); start it, or change WEIR_POSTGRES_URL",
          e);
    }
  }

  public static void close(Catalog catalog) {
    if (catalog instanceof JdbcCatalog jdbc) {
      jdbc.close();
    }
  }

  /** Fails with a message for the operator when the warehouse takes no file. */
  public static void checkWarehouse(LakeLocation location) {
    String probe = location.warehouse() + "/.probe-" + UUID.randomUUID();
    try (var io = new HadoopFileIO(hadoop(location))) {
      try (OutputStream out = io.newOutputFile(probe).create()) {
        out.write('w');
      }
      io.deleteFile(probe);
    } catch (IOException | RuntimeException e) {
      throw new StartupException(
          Settings.variable("sink.warehouse")
              + "="
              + location.warehouse()
              + " cannot be written to: "
              + rootMessage(e)
              + "; name a folder or a Hadoop address that this service may write",
          e);
    }
  }

  private static Configuration hadoop(LakeLocation location) {
    var configuration = new Configuration();
    // Without a .crc beside each local file: Parquet and Avro notice damage themselves.
    configuration.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    location.hadoop().forEach(configuration::set);
    return configuration;
  }

  private static Map<String, String> properties(LakeLocation location) {
    var properties = new HashMap<String, String>();
    properties.put(CatalogProperties.URI, location.url());
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, location.warehouse());
    properties.put(CatalogProperties.FILE_IO_IMPL, HadoopFileIO.class.getName());
    properties.put(JdbcCatalog.PROPERTY_PREFIX + "user", location.user());
    properties.put(JdbcCatalog.PROPERTY_PREFIX + "password", location.password());
    properties.put(JdbcCatalog.PROPERTY_PREFIX + "schema-version", "V1");
    properties.put(JdbcCatalog.PROPERTY_PREFIX + "connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.put(JdbcCatalog.PROPERTY_PREFIX + "socketTimeout", ANSWER_TIMEOUT_SECONDS);
    properties.put("retryable_status_codes", RECONNECT_ON);
    return properties;
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
