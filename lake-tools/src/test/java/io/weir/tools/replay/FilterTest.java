package io.weir.tools.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void sinceNotBeforeUntil_isRefused() {
    assertThatThrownBy(() -> new Filter(Optional.empty(), Optional.of(NOON), Optional.of(NOON)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("is not before --until");
  }
}
