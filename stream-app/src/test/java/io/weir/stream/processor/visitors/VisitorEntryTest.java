package io.weir.stream.processor.visitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.stream.processor.visitors.VisitorEntry.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VisitorEntryTest {
  private final VisitorEntry entry = VisitorEntry.ofNew("a");

  @Test
  void newEntry_becomesDirtyAndClean() {
    entry.become(Stage.DIRTY);
    assertThat(entry.isDirty()).isTrue();

    entry.become(Stage.CLEAN);

    assertThat(entry.stage()).isEqualTo(Stage.CLEAN);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void goneEntry_becomesNothingElse(Stage next) {
    entry.become(Stage.GONE);

    assertThatThrownBy(() -> entry.become(next))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GONE");
  }

  @Test
  void knownEntry_isNeverNewAgain() {
    entry.become(Stage.DIRTY);

    assertThatThrownBy(() -> entry.become(Stage.NEW)).isInstanceOf(IllegalStateException.class);
  }
}
