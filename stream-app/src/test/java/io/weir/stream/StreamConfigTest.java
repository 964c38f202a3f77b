package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.stream.ingest.TypeRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamConfigTest {
  private static StreamConfig from(Map<String, String> environment) {
    return StreamConfig.from(Settings.of(environment));
  }

  @Test
  void eventTypes_areAnyByDefault() {
    assertThat(from(Map.of()).typeRules()).isEqualTo(TypeRules.any());
  }

  @Test
  void eventTypes_areRead() {
    assertThat(from(Map.of("WEIR_STREAM_EVENT_TYPES", "page_view, search,")).typeRules().allowed())
        .containsExactlyInAnyOrder("page_view", "search");
  }

  @Test
  void eventTypeThatNoEventCanHave_namesTheSetting() {
    assertThatThrownBy(() -> from(Map.of("WEIR_STREAM_EVENT_TYPES", "page_view,Search")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_STREAM_EVENT_TYPES: Search is not of the form");
  }
}
