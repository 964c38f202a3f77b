package io.weir.lake.table;

import io.weir.process.PrintedAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The kind of a catalog, its address, and the other properties that Iceberg gets. */
public record CatalogAddress(Kind kind, String uri, Map<String, String> properties) {

  /** A database, or a server that speaks Iceberg's REST protocol. */
  public enum Kind {
    JDBC,
    REST
  }

  public CatalogAddress {
    properties = Map.copyOf(properties);
  }

  /** The address of a JDBC catalog in a database. */
  public static CatalogAddress jdbc(String url, String user, String password) {
    return new CatalogAddress(Kind.JDBC, url, Map.of("jdbc.user", user, "jdbc.password", password));
  }

  /** The address as it may be printed: a part of the URI may be a password. */
  public String place() {
    return PrintedAddress.of(uri);
  }

  /** Prints the names of properties without their values, which may be secrets. */
  @Override
  public String toString() {
    Set<String> names = new TreeSet<>(properties.keySet());
    return "CatalogAddress[" + kind + ", " + place() + ", " + names + "]";
  }
}
