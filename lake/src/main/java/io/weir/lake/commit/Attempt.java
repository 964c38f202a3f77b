package io.weir.lake.commit;

/** The result of one try to commit to a table. */
public sealed interface Attempt {

  /** The table has moved. */
  record Done() implements Attempt {}

  /** Others were first, or so the catalog says. */
  record Conflict(String reason) implements Attempt {}

  /** It may not be tried: a file that the table would point to is no more. */
  record Impossible(String reason) implements Attempt {}

  /** It may or may not have moved. */
  record Unclear(RuntimeException failure) implements Attempt {}
}
