package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @ParameterizedTest
  @CsvSource({"250ms, 250", "30s, 30000", "5m, 300000", "24h, 86400000", "30d, 2592000000"})
  void duration_shortForm(String text, long millis) {
    Settings settings = Settings.of(Map.of("WEIR_STREAM_SESSION_GAP", text));

    assertThat(settings.duration("stream.session-gap", Duration.ZERO).toMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({"17, 17", "64k, 65536", "128mb, 134217728", "1g, 1073741824"})
  void bytes_shortForm(String text, long bytes) {
    assertThat(Settings.of(Map.of("WEIR_SINK_ROLL_SIZE", text)).bytes("sink.roll-size", 0))
        .isEqualTo(bytes);
  }

  @Test
  void duration_badValue_namesSettingAndForm() {
    Settings settings = Settings.of(Map.of("WEIR_STREAM_SESSION_GAP", "half an hour"));

    assertThatThrownBy(() -> settings.duration("stream.session-gap", Duration.ZERO))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_STREAM_SESSION_GAP=half an hour")
        .hasMessageContaining("30s");
  }

  @Test
  void integer_outOfRange_namesTheRange() {
    Settings settings = Settings.of(Map.of("WEIR_STREAM_PORT", "70000"));

    assertThatThrownBy(() -> settings.port("stream.port", 8080))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("0 to 65535");
  }

  @Test
  void unknownSettingOfAnOwnGroup_isRefusedByName() {
    Settings settings = Settings.of(Map.of("WEIR_STREAM_SESION_GAP", "30m"));
    settings.duration("stream.session-gap", Duration.ZERO);

    assertThatThrownBy(() -> settings.refuseUnknown("stream"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_STREAM_SESION_GAP")
        .hasMessageContaining("WEIR_STREAM_SESSION_GAP");
  }

  @Test
  void unknownSettingOfAnotherService_passes() {
    Settings settings = Settings.of(Map.of("WEIR_SINK_ROLL_SIZE", "1g"));

    settings.refuseUnknown("stream");

    assertThat(settings.text("stream.port")).isEmpty();
  }

  @Test
  void environment_winsOverFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("weir.properties"), "stream.port=1\nstream.state-dir=/data\n");

    Settings settings =
        Settings.of(Map.of("WEIR_CONFIG_FILE", file.toString(), "WEIR_STREAM_PORT", "2"));

    assertThat(settings.port("stream.port", 0)).isEqualTo(2);
    assertThat(settings.text("stream.state-dir")).contains("/data");
  }

  @Test
  void unreadableFile_isNamed() {
    assertThatThrownBy(() -> Settings.of(Map.of("WEIR_CONFIG_FILE", "/no/such/file")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_CONFIG_FILE=/no/such/file");
  }

  @Test
  void group_keepsClientPropertiesDotted() {
    Settings settings = Settings.of(Map.of("WEIR_KAFKA_CLIENT_SECURITY_PROTOCOL", "SSL"));

    assertThat(KafkaConnection.from(settings).properties())
        .containsEntry("security.protocol", "SSL");
  }
}
