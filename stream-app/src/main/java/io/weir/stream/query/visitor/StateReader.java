package io.weir.stream.query.visitor;

/** Looks for visitors in the stores of this instance. */
interface StateReader {
  /** In the state this instance works on. */
  Lookup live(String visitor, int partition);

  /** In whatever copy this instance has: a standby, or a store that is being restored. */
  Lookup copy(String visitor, int partition);
}
