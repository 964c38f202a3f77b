package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  private static final String CAUSE = "Caused by: java.io.IOException: broker is away";
  private static final String FRAME = "\tat io.weir.stream.Main.main(Main.java:12)";
  private static final String OMITTED = "\t... 25 common frames omitted";

  @Test
  void stackTrace_isWhatWasThrown() {
    String thrown = "org.apache.kafka.streams.errors.StreamsException: fenced";

    assertThat(LastWords.of(List.of("ERROR it ends", thrown, FRAME, CAUSE, FRAME, OMITTED, "")))
        .isEqualTo(thrown);
  }

  @Test
  void framesWithoutATab_areFrames() {
    assertThat(LastWords.of(List.of("fenced", "    at io.weir.A.b(A.java)", "... 25 more")))
        .isEqualTo("fenced");
  }

  @Test
  void lineAfterAStackTrace_isTheLast() {
    assertThat(LastWords.of(List.of("fenced", FRAME, OMITTED, "stream-app ends with code 1")))
        .isEqualTo("stream-app ends with code 1");
  }

  @Test
  void nothingElse_isTheCause_orElseAFrame() {
    assertThat(LastWords.of(List.of(FRAME, CAUSE, FRAME, OMITTED))).isEqualTo(CAUSE);
    assertThat(LastWords.of(List.of(FRAME, OMITTED))).isEqualTo(OMITTED);
    assertThat(LastWords.of(List.of())).isEmpty();
  }
}
