package io.weir.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.tools.doctor.Finding.Level;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClocksTest {
  private static final Instant BEFORE = Instant.parse("2026-03-01T12:00:00.900Z");
  private static final Instant AFTER = BEFORE.plusMillis(200);

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, OK",
    "2026-03-01T12:00:01Z, OK",
    "2026-03-01T12:00:06Z, OK",
    "2026-03-01T12:00:07Z, WARN",
    "2026-03-01T11:59:53Z, WARN",
    "2026-03-01T11:58:59Z, FAIL",
    "2026-03-01T12:05:01Z, FAIL"
  })
  void difference_isJudgedBeyondWhatTheQuestionTook(Instant other, Level level) {
    Finding seen = Clocks.compare("x", BEFORE, other, AFTER, Duration.ofSeconds(1));

    assertThat(seen.level()).isEqualTo(level);
  }
}
