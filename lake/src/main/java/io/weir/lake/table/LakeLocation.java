package io.weir.lake.table;

import java.util.Map;

/**
 * Where the lake is: its catalog, and its files anywhere Hadoop reaches. With a REST catalog the
 * warehouse is what that server calls it, and may be empty.
 */
public record LakeLocation(CatalogAddress catalog, String warehouse, Map<String, String> hadoop) {

  public LakeLocation {
    hadoop = Map.copyOf(hadoop);
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "LakeLocation[" + catalog + ", " + warehouse + "]";
  }
}
