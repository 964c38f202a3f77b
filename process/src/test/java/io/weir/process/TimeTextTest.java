package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
    "2026-03-01T12:00+02:00, 2026-03-01T10:00:00Z",
    "2026-02-28, 2026-02-28T00:00:00Z",
    "90s, 2026-03-01T11:58:30Z",
    "30m, 2026-03-01T11:30:00Z",
    "2h, 2026-03-01T10:00:00Z",
    "7d, 2026-02-22T12:00:00Z"
  })
  void knownForms_areRead(String text, Instant expected) {
    assertThat(TimeText.parse("--since", text, CLOCK)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-30",
        "2026-03-01T12:00:00",
        "+99999-01-01T00:00:00Z",
        "2w"
      })
  void otherForms_areRefusedByName(String text) {
    assertThatThrownBy(() -> TimeText.parse("--until", text, CLOCK))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("--until " + text + " is not a time such as");
  }
}
