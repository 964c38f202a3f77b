package io.weir.lake.table;

import java.util.Map;

/**
 * The location of the lake: its catalog, and the warehouse, which is a path or address that Hadoop
 * can open. With a REST catalog the warehouse is the server's name for it, and may be empty.
 */
public record LakeLocation(CatalogAddress catalog, String warehouse, Map<String, String> hadoop) {

  public LakeLocation {
    hadoop = Map.copyOf(hadoop);
  }

  /** Omits the Hadoop properties, which may be secrets. */
  @Override
  public String toString() {
    return "LakeLocation[" + catalog + ", " + warehouse + "]";
  }
}
