package io.weir.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AvailableTest {
  private final Available available = new Available("clicks", 3, 10, 20);

  @Test
  void withinTheTopic_isNotRefused() {
    assertThat(available.refusal(10)).isEmpty();
    assertThat(available.refusal(20)).isEmpty();
  }

  @Test
  void beyondTheEnd_namesTheTopicMadeAnew() {
    assertThat(available.refusal(21))
        .contains(
            "topic clicks partition 3 ends at offset 20, the table stands at offset 21: the topic"
                + " was made anew or cut");
  }

  @Test
  void beforeTheFirst_namesTheOffsetsThatAreGone() {
    assertThat(available.refusal(7))
        .contains(
            "topic clicks partition 3 begins at offset 10, the table stands at offset 7: offsets 7"
                + " to 9 expired unread");
  }
}
