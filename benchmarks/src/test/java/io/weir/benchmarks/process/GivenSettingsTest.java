package io.weir.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenSettingsTest {
  @Test
  void settingsOfTheGroup_areTakenButNotItsPort() {
    Map<String, String> environment =
        Map.of(
            "WEIR_STREAM_COMMIT_INTERVAL", "1s",
            "WEIR_STREAM_PORT", "8080",
            "WEIR_STREAMS", "1",
            "WEIR_SINK_TABLES", "x");

    assertThat(GivenSettings.of("stream", environment))
        .containsExactly(Map.entry("WEIR_STREAM_COMMIT_INTERVAL", "1s"));
  }
}
