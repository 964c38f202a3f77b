package io.weir.tools.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.weir.process.Settings;
import io.weir.sink.KnownSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolSettingsTest {
  private static final Map<String, String> MISSPELT = Map.of("WEIR_SINK_WAREHOSE", "/lake");

  @Test
  void misspelt_isRefused_withTheNamesThatTheServiceKnows() {
    Throwable refusal = catchThrowable(() -> ToolSettings.from(Settings.of(MISSPELT)));

    assertThat(refusal)
        .hasMessageStartingWith("WEIR_SINK_WAREHOSE is not a setting")
        .hasMessage(KnownSettings.refusal(MISSPELT));
  }
}
