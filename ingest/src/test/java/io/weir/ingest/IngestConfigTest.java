package io.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestConfigTest {
  @Test
  void registry_hasItsLoginFromTheAddress() {
    var config =
        IngestConfig.from(
            Settings.of(
                Map.of("WEIR_INGEST_REGISTRY_URL", "https://user:secret@registry.example.org/")));

    assertThat(config.registry().orElseThrow().url()).isEqualTo("https://registry.example.org");
    assertThat(config.registry().orElseThrow().login()).contains("user:secret");
    assertThat(config.toString()).doesNotContain("secret");
  }
}
