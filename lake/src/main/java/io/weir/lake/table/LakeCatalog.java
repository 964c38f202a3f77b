package io.weir.lake.table;

import io.weir.process.PrintedAddress;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** Opens the catalog, JDBC or REST; files go through Hadoop's file systems. */
public final class LakeCatalog {
  private static final String NAME = "weir";
  private static final String WAREHOUSE = "sink.warehouse";
  private static final String JARS =
      "add the jars of that file system to the class path, as docs/storage.md says";
  private static final String CONNECT_TIMEOUT_SECONDS = "10";

  /**
   * Each statement reads or updates one row, so 10 s is enough. Without a limit a frozen database
   * would freeze the loops.
   */
  private static final String ANSWER_TIMEOUT_SECONDS = "10";

  /**
   * SQL states after which the catalog connects again: the server closed the connection (57P…) or
   * could not be reached (08001, 08004).
   */
  private static final String RECONNECT_ON = "57P01,57P02,57P03,08001,08004";

  private LakeCatalog() {}

  /**
   * Opens a catalog with its own connections, which the caller closes. Fails with one line for the
   * operator if the catalog does not answer.
   */
  public static Catalog connect(LakeLocation location) {
    return answering(location, () -> open(location));
  }

  private static Catalog open(LakeLocation location) {
    String implementation =
        switch (location.catalog().kind()) {
          case JDBC -> CatalogUtil.ICEBERG_CATALOG_JDBC;
          case REST -> CatalogUtil.ICEBERG_CATALOG_REST;
        };
    return CatalogUtil.loadCatalog(
        implementation, NAME, properties(location), FileSystems.configuration(location.hadoop()));
  }

  /**
   * Opens a catalog like {@link #connect} for a command that only reads. If the warehouse is a
   * local folder, Hadoop is not started.
   */
  public static Catalog connectToRead(LakeLocation location) {
    return answering(
        location, () -> isPlainFolder(location) ? openFolder(location) : open(location));
  }

  private static boolean isPlainFolder(LakeLocation location) {
    return location.catalog().kind() == CatalogAddress.Kind.JDBC
        && location.hadoop().isEmpty()
        && LocalFileIO.isLocal(location.warehouse());
  }

  private static Catalog openFolder(LakeLocation location) {
    Map<String, String> properties = properties(location);
    properties.put(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
    return CatalogUtil.loadCatalog(CatalogUtil.ICEBERG_CATALOG_JDBC, NAME, properties, null);
  }

  private static Catalog answering(LakeLocation location, Supplier<Catalog> opening) {
    try {
      return opening.get();
    } catch (UncheckedSQLException e) {
      throw silent(location, e.getCause() == null ? e : e.getCause(), "WEIR_POSTGRES_URL");
    } catch (RESTException e) {
      throw silent(location, e, Settings.variable("sink.catalog-uri"));
    }
  }

  private static StartupException silent(LakeLocation location, Throwable cause, String setting) {
    String uri = location.catalog().uri();
    String said = String.valueOf(cause.getMessage());
    String message =
        "the catalog at "
            + location.catalog().place()
            + " does not answer ("
            + PrintedAddress.in(said, uri)
            + "); start it, or change "
            + setting;
    // A URI that no driver takes is part of the message, and the cause would say it again.
    return said.contains(uri)
        ? new StartupException(message)
        : new StartupException(message, cause);
  }

  public static void close(Catalog catalog) {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Fails with a message for the operator if no file can be written to the warehouse. With a REST
   * catalog only the tables know their locations: see {@link #checkTable}.
   */
  public static void checkWarehouse(LakeLocation location) {
    if (location.catalog().kind() == CatalogAddress.Kind.JDBC) {
      String setting = Settings.variable(WAREHOUSE) + "=" + location.warehouse();
      try (var io = new HadoopFileIO(FileSystems.configuration(location.hadoop()))) {
        checkWritable(
            io,
            location.warehouse(),
            setting,
            "name a folder or a Hadoop address that this service may write");
      }
    }
  }

  /**
   * Fails with a message for the operator if no file can be written to a table of a REST catalog.
   */
  public static void checkTable(LakeLocation location, Table table) {
    if (location.catalog().kind() == CatalogAddress.Kind.REST) {
      checkWritable(
          table.io(),
          table.location() + "/metadata",
          table.location() + ", where the catalog has " + table.name() + ",",
          "see " + Settings.variable("sink.hadoop") + "_… for how to reach it");
    }
  }

  private static void checkWritable(FileIO io, String folder, String subject, String advice) {
    String probe = folder + "/.probe-" + UUID.randomUUID();
    try {
      try (OutputStream out = io.newOutputFile(probe).create()) {
        out.write('w');
      }
      io.deleteFile(probe);
    } catch (IOException | RuntimeException | LinkageError e) {
      String remedy = isWithoutJar(e) ? JARS : advice;
      throw new StartupException(
          subject + " cannot be written to: " + rootMessage(e) + "; " + remedy, e);
    }
  }

  private static Map<String, String> properties(LakeLocation location) {
    CatalogAddress address = location.catalog();
    var properties = new HashMap<String, String>();
    properties.put(CatalogProperties.FILE_IO_IMPL, HadoopFileIO.class.getName());
    properties.put(CatalogProperties.URI, address.uri());
    if (!location.warehouse().isEmpty()) {
      properties.put(CatalogProperties.WAREHOUSE_LOCATION, location.warehouse());
    }
    if (address.kind() == CatalogAddress.Kind.JDBC) {
      properties.put(JdbcCatalog.PROPERTY_PREFIX + "schema-version", "V1");
      properties.put(JdbcCatalog.PROPERTY_PREFIX + "connectTimeout", CONNECT_TIMEOUT_SECONDS);
      properties.put(JdbcCatalog.PROPERTY_PREFIX + "loginTimeout", CONNECT_TIMEOUT_SECONDS);
      properties.put(JdbcCatalog.PROPERTY_PREFIX + "socketTimeout", ANSWER_TIMEOUT_SECONDS);
      properties.put("retryable_status_codes", RECONNECT_ON);
    }
    properties.putAll(address.properties());
    return properties;
  }

  /** Whether Hadoop has no file system for the address, or does not find its classes. */
  private static boolean isWithoutJar(Throwable e) {
    return switch (root(e)) {
      case UnsupportedFileSystemException _, ClassNotFoundException _, NoClassDefFoundError _ ->
          true;
      default -> false;
    };
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = root(e);
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return cause.getClass().getSimpleName() + ": " + message;
  }
}
