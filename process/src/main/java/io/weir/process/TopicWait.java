package io.weir.process;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The one wait for the topics at a start. A topic that was created just now is not known to every
 * broker at once, and no broker says when: the question is repeated. The wait ends, a person sees
 * it, and both messages name the setting that changes it.
 */
final class TopicWait {
  /** The setting that bounds the wait. */
  static final String SETTING = "kafka.start-timeout";

  static final Duration USUAL = Duration.ofSeconds(30);

  private static final long PAUSE_MILLIS = 250;

  /** A wait as short as most are is not worth a line. */
  private static final Duration UNNOTICED = Duration.ofSeconds(1);

  private final Duration most;
  private final LongSupplier nanos;
  private final Pause pause;
  private final Consumer<String> notes;
  private final long begun;
  private String unknown = "not every broker knows the topics";

  /** Lets time pass. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  /** A question to the brokers. */
  interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  TopicWait(Duration most, LongSupplier nanos, Pause pause, Consumer<String> notes) {
    this.most = most;
    this.nanos = nanos;
    this.pause = pause;
    this.notes = notes;
    this.begun = nanos.getAsLong();
  }

  /** Says why topics may be unknown, for the case that they stay so. */
  void because(String reason) {
    unknown = reason;
  }

  /** Asks until every broker knows the topics; any other failure ends it at once. */
  <T> T until(Question<T> question) throws ExecutionException, InterruptedException {
    boolean isNoted = false;
    while (true) {
      try {
        return question.ask();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        if (passed().compareTo(most) >= 0) {
          throw given(unknown, e);
        }
        if (!isNoted && passed().compareTo(UNNOTICED) >= 0) {
          isNoted = true;
          notes.accept("waiting until every broker knows the topics, for " + limit());
        }
      }
      pause.millis(PAUSE_MILLIS);
    }
  }

  /** How long a call to the brokers may take, so that all of them together stay within the wait. */
  int leftMillis() {
    return (int) Math.clamp(most.minus(passed()).toMillis(), PAUSE_MILLIS, Integer.MAX_VALUE);
  }

  /** What a failed call means for the operator. */
  StartupException failure(ExecutionException e) {
    return e.getCause() instanceof TimeoutException
        ? given("the brokers did not create or describe the topics", e)
        : new StartupException("topics cannot be created or read: " + e.getCause(), e);
  }

  private StartupException given(String what, ExecutionException e) {
    return new StartupException(
        what + " in " + limit() + "; look at the brokers: " + e.getCause(), e);
  }

  private String limit() {
    return most.toSeconds() + " s at most (" + Settings.variable(SETTING) + ")";
  }

  private Duration passed() {
    return Duration.ofNanos(nanos.getAsLong() - begun);
  }
}
