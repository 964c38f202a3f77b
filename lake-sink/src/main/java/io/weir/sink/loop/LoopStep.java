package io.weir.sink.loop;

/** A loop's body: bounded, called again and again by one thread, or by hand in a test. */
public interface LoopStep {

  /** Takes part in the consumer group; to be called once, by the thread that steps. */
  void start();

  /** Does what there is to do now and returns how many records it took. Throws nothing. */
  int doWork();

  /** Commits what is open and leaves the group; may be called twice. */
  void close();
}
