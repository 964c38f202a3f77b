package io.weir.sink.loop;

/** The body of a loop: one bounded step that a thread, or a test, calls again and again. */
public interface LoopStep {

  /** Joins the consumer group. Called once, by the thread that runs the steps. */
  void start();

  /**
   * Does one step and returns how many records it read. An expected failure is not thrown: it is
   * reported and the step is tried again.
   */
  int doWork();

  /** Commits the open rows and leaves the group. May be called twice. */
  void close();
}
