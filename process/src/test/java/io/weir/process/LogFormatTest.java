package io.weir.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
  @ParameterizedTest
  @ValueSource(strings = {"text", "json", ""})
  void knownFormat_isTaken(String format) {
    assertThatCode(() -> LogFormat.require(settings(format))).doesNotThrowAnyException();
  }

  @Test
  void noFormat_isText() {
    assertThatCode(() -> LogFormat.require(Settings.of(Map.of()))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {" json", "text ", " ", "JSON", "xml"})
  void formatThatTheLogDoesNotFind_isRefusedAsItIsWritten(String format) {
    assertThatThrownBy(() -> LogFormat.require(settings(format)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_LOG_FORMAT='" + format + "' is none of text, json");
  }

  private static Settings settings(String format) {
    return Settings.of(Map.of("WEIR_LOG_FORMAT", format));
  }
}
