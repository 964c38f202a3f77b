package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TopicWaitTest {
  private final List<String> notes = new ArrayList<>();
  private long nanos;
  private final TopicWait wait =
      new TopicWait(Duration.ofSeconds(30), () -> nanos, this::pass, notes::add);

  private void pass(long millis) {
    nanos += Duration.ofMillis(millis).toNanos();
  }

  /** Answers once so many milliseconds have passed; before, the topic is unknown. */
  private String answerAfter(long millis) throws ExecutionException {
    if (nanos < Duration.ofMillis(millis).toNanos()) {
      throw new ExecutionException(new UnknownTopicOrPartitionException("no such topic"));
    }
    return "known";
  }

  @Test
  void topic_knownSoon_isWaitedForInSilence() throws Exception {
    assertThat(wait.until(() -> answerAfter(900))).isEqualTo("known");

    assertThat(notes).isEmpty();
  }

  @Test
  void longWait_isToldOnce_withItsSetting() throws Exception {
    assertThat(wait.until(() -> answerAfter(20_000))).isEqualTo("known");

    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst()).contains("30 s", "WEIR_KAFKA_START_TIMEOUT");
  }

  @Test
  void topic_neverKnown_endsTheStart_withTheSetting() {
    assertThatThrownBy(() -> wait.until(() -> answerAfter(Long.MAX_VALUE / 1_000_000)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_KAFKA_START_TIMEOUT")
        .hasMessageContaining("no such topic");
    assertThat(Duration.ofNanos(nanos)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void otherFailure_endsItAtOnce() {
    assertThatThrownBy(() -> wait.until(TopicWaitTest::refuse))
        .isInstanceOf(ExecutionException.class);
    assertThat(nanos).isZero();
  }

  private static String refuse() throws ExecutionException {
    throw new ExecutionException(new TopicAuthorizationException("not yours"));
  }

  @Test
  void callThatTimedOut_namesTheSetting() {
    var late = new ExecutionException(new TimeoutException("no answer"));

    assertThat(wait.failure(late)).hasMessageContaining("WEIR_KAFKA_START_TIMEOUT");
  }

  @Test
  void calls_getWhatIsLeftOfTheWait() {
    pass(10_000);
    assertThat(wait.leftMillis()).isEqualTo(20_000);
    pass(60_000);
    assertThat(wait.leftMillis()).isPositive();
  }
}
