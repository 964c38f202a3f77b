package io.weir.stream.query;

/** Looks for visitors in the stores of this instance. */
interface StateReader {
  /** In the state this instance works on. */
  Looked live(String visitor, int partition);

  /** In whatever copy this instance has: a standby, or a store that is being restored. */
  Looked copy(String visitor, int partition);
}
