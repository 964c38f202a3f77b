package io.weir.lake;

import io.weir.lake.gold.Postgres;
import io.weir.lake.table.CatalogAddress;
import io.weir.lake.table.LakeLocation;
import io.weir.process.PrintedAddress;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings that say where the lake is. */
public final class LakeSettings {
  private static final String WAREHOUSE = "sink.warehouse";
  private static final String CATALOG = "sink.catalog";
  private static final String CATALOG_URI = "sink.catalog-uri";

  private LakeSettings() {}

  public static LakeLocation location(Settings settings, Postgres postgres) {
    String kind = settings.text(CATALOG, "jdbc");
    Map<String, String> hadoop = properties(settings, "sink.hadoop");
    return switch (kind) {
      case "jdbc" ->
          new LakeLocation(
              jdbc(settings, postgres),
              warehouse(settings.text(WAREHOUSE, ".weir/warehouse")),
              hadoop);
      case "rest" -> new LakeLocation(rest(settings), settings.text(WAREHOUSE, ""), hadoop);
      default ->
          throw new StartupException(
              Settings.variable(CATALOG) + "=" + kind + " is neither jdbc nor rest");
    };
  }

  /**
   * Uses the database of gold unless {@code sink.catalog-uri} names another one. User and password
   * are those of gold, unless catalog properties override them.
   */
  private static CatalogAddress jdbc(Settings settings, Postgres postgres) {
    CatalogAddress usual =
        CatalogAddress.jdbc(postgres.url(), postgres.user(), postgres.password());
    var properties = new HashMap<>(usual.properties());
    properties.putAll(others(settings));
    return new CatalogAddress(usual.kind(), settings.text(CATALOG_URI, usual.uri()), properties);
  }

  private static CatalogAddress rest(Settings settings) {
    String uri = settings.required(CATALOG_URI, "http://127.0.0.1:8281");
    if (!uri.startsWith("http://") && !uri.startsWith("https://")) {
      throw new StartupException(
          Settings.variable(CATALOG_URI)
              + "="
              + PrintedAddress.of(uri)
              + " does not begin with http:// or https://");
    }
    if (PrintedAddress.hasLogin(uri)) {
      throw new StartupException(
          Settings.variable(CATALOG_URI)
              + " has a login before its host; use "
              + Settings.variable(CATALOG)
              + "_CREDENTIAL or _TOKEN");
    }
    return new CatalogAddress(CatalogAddress.Kind.REST, uri, others(settings));
  }

  private static Map<String, String> others(Settings settings) {
    Map<String, String> others = properties(settings, CATALOG);
    others.remove("uri");
    return others;
  }

  /** {@code _} in a variable's name stands for a point, {@code __} for a hyphen. */
  private static Map<String, String> properties(Settings settings, String group) {
    var properties = new HashMap<String, String>();
    settings.group(group).forEach((name, value) -> properties.put(name.replace("..", "-"), value));
    return properties;
  }

  /** Returns an address unchanged and makes a path absolute, because the tables store it. */
  private static String warehouse(String text) {
    try {
      if (text.contains("://") || text.startsWith("file:")) {
        return new URI(text).toString();
      }
      return Path.of(text).toAbsolutePath().normalize().toString();
    } catch (URISyntaxException | InvalidPathException e) {
      throw new StartupException(
          Settings.variable(WAREHOUSE)
              + "="
              + text
              + " is neither a path nor an address: "
              + e.getMessage(),
          e);
    }
  }
}
