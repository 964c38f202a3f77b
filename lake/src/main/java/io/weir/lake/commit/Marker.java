package io.weir.lake.commit;

/** What a commit leaves in the table: who it was, and where the topic stood. */
public record Marker(String commitId, Offsets offsets) {
  /** The marker of a table that has none. */
  public static final Marker NONE = new Marker("", Offsets.EMPTY);
}
