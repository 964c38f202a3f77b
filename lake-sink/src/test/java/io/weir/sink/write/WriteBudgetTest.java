package io.weir.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WriteBudgetTest {
  private static final long MEGABYTE = 1L << 20;

  private final WriteBudget budget = new WriteBudget(20 * MEGABYTE);
  private final WriteBudget.Share large = budget.share();
  private final WriteBudget.Share small = budget.share();

  @Test
  void belowTheBudget_nobodyMustGive() {
    large.hold(15 * MEGABYTE);
    small.hold(5 * MEGABYTE);

    assertThat(large.isTooMuch()).isFalse();
    assertThat(small.isTooMuch()).isFalse();
  }

  @Test
  void aboveTheBudget_allButThoseWithLittleMustGive() {
    large.hold(17 * MEGABYTE);
    small.hold(WriteBudget.LITTLE);

    assertThat(large.isTooMuch()).isTrue();
    assertThat(small.isTooMuch()).isFalse();
  }

  @Test
  void whatIsGivenUp_isThereForOthers() {
    large.hold(17 * MEGABYTE);
    large.hold(0);
    small.hold(20 * MEGABYTE);

    assertThat(budget.held()).isEqualTo(20 * MEGABYTE);
    assertThat(small.isTooMuch()).isFalse();
  }
}
