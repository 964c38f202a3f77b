package io.weir.stream.session.touch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IdFilterTest {
  private final IdFilter filter = new IdFilter();

  @Test
  void addedId_isNeverDenied() {
    var random = new Random(1);
    long[] added = random.longs(5_000).toArray();
    for (long id : added) {
      filter.add(id);
    }
    filter.add(0);

    for (long id : added) {
      assertThat(filter.mayHave(id)).isTrue();
    }
    assertThat(filter.mayHave(0)).isTrue();
  }

  @Test
  void nearlyAllOthers_areDenied() {
    var random = new Random(2);
    random.longs(1_000).forEach(filter::add);

    long mistaken = random.longs(100_000).filter(filter::mayHave).count();

    assertThat(mistaken).isLessThan(10);
  }

  @Test
  void sameIdAgain_takesNoRoom() {
    for (int i = 0; i < 10_000; i++) {
      filter.add(42);
    }

    assertThat(filter.bytes()).isEqualTo(new IdFilter().bytes());
  }
}
