package io.weir.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.contract.RejectReason;
import io.weir.stream.processor.RefusedExamples.Example;
import org.junit.jupiter.api.Test;

class RefusedExamplesTest {
  private final RefusedExamples examples = new RefusedExamples();

  private void refuse(String detail, int partition, long offset) {
    examples.add(RejectReason.NOT_JSON, new Example("not_json", detail, partition, offset, offset));
  }

  @Test
  void fiveOfAReasonAreKept_newestFirst() {
    for (int i = 0; i < 7; i++) {
      refuse("broken", 0, i);
    }

    assertThat(examples.newest()).extracting(Example::offset).containsExactly(6L, 5L, 4L, 3L, 2L);
  }

  @Test
  void recordThatIsProcessedAgain_takesOnePlace() {
    refuse("broken", 0, 7);
    for (int i = 0; i < 10; i++) {
      refuse("broken", 0, 8);
      refuse("broken", 1, 8);
    }

    assertThat(examples.newest())
        .extracting(Example::partition, Example::offset)
        .containsExactly(tuple(1, 8L), tuple(0, 8L), tuple(0, 7L));
  }

  @Test
  void valueThatASenderMadeLong_isCut_andNoCharacterIsHalved() {
    refuse("x".repeat(200), 0, 1);
    refuse("x".repeat(32_768), 0, 2);
    refuse("x".repeat(198) + "\uD83D\uDE00".repeat(5), 0, 3);

    assertThat(examples.newest())
        .extracting(Example::detail)
        .containsExactly("x".repeat(198) + "…", "x".repeat(199) + "…", "x".repeat(200));
  }
}
