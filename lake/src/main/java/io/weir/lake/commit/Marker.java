package io.weir.lake.commit;

/** The mark that a commit leaves in the table: its id, and the offsets it reached. */
public record Marker(String commitId, Offsets offsets) {
  /** The marker of a table that has none. */
  public static final Marker NONE = new Marker("", Offsets.EMPTY);
}
