package io.weir.sink.table;

import java.util.Map;

/** Where the lake is: its catalog in PostgreSQL, its files anywhere Hadoop reaches. */
public record LakeLocation(
    String url, String user, String password, String warehouse, Map<String, String> hadoop) {

  public LakeLocation {
    hadoop = Map.copyOf(hadoop);
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "LakeLocation[" + url + ", " + warehouse + "]";
  }
}
