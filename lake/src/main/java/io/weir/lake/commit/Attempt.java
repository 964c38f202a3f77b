package io.weir.lake.commit;

/** The result of one try to commit to a table. */
public sealed interface Attempt {

  /** The commit is in the table. */
  record Done() implements Attempt {}

  /** The catalog reported that another commit was first, which may be wrong. */
  record Conflict(String reason) implements Attempt {}

  /** The commit must not be tried: a file that the table would point to no longer exists. */
  record Impossible(String reason) implements Attempt {}

  /** The commit may or may not be in the table. */
  record Unclear(RuntimeException failure) implements Attempt {}
}
