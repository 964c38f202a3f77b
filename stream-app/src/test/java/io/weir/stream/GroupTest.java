package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupTest {
  private static Properties properties(Map<String, String> environment) {
    return StreamProperties.of(StreamConfig.from(Settings.of(environment)), 4);
  }

  @Test
  void defaults_keepOneWarmCopyAndMoveAfterTenSeconds() {
    Properties properties = properties(Map.of());

    assertThat(properties)
        .containsEntry("num.standby.replicas", 1)
        .containsEntry("main.consumer.session.timeout.ms", 10_000)
        .containsEntry("main.consumer.heartbeat.interval.ms", 1_000)
        .containsEntry("application.server", "127.0.0.1:8180")
        .doesNotContainKey("group.instance.id");
  }

  @ParameterizedTest
  @CsvSource({"2s, 500", "10s, 1000", "45s, 1000"})
  void othersWaitASecondForAMemberAtMost(String timeout, int heartbeat) {
    assertThat(properties(Map.of("WEIR_STREAM_SESSION_TIMEOUT", timeout)))
        .containsEntry("main.consumer.heartbeat.interval.ms", heartbeat);
  }

  @Test
  void staticMember_hasItsName() {
    assertThat(properties(Map.of("WEIR_STREAM_INSTANCE_ID", "stream-0")))
        .containsEntry("group.instance.id", "stream-0");
  }

  @Test
  void staticMemberOfTheOtherProtocol_isRefused() {
    var environment =
        Map.of("WEIR_STREAM_INSTANCE_ID", "stream-0", "WEIR_STREAM_GROUP_PROTOCOL", "streams");

    assertThatThrownBy(() -> properties(environment))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_STREAM_GROUP_PROTOCOL=classic");
  }

  @Test
  void otherProtocol_leavesTheGroupsSettingsToTheBroker() {
    assertThat(properties(Map.of("WEIR_STREAM_GROUP_PROTOCOL", "streams")))
        .doesNotContainKeys("num.standby.replicas", "main.consumer.session.timeout.ms");
  }

  @Test
  void advertisedHost_isWhatOthersCall() {
    assertThat(
            properties(
                Map.of(
                    "WEIR_STREAM_HOST", "0.0.0.0",
                    "WEIR_HTTP_OPEN", "true",
                    "WEIR_STREAM_ADVERTISED_HOST", "stream-0.stream")))
        .containsEntry("application.server", "stream-0.stream:8180");
  }

  @Test
  void wildcardHost_isNotAdvertised() {
    assertThat(
            properties(Map.of("WEIR_STREAM_HOST", "0.0.0.0", "WEIR_HTTP_OPEN", "true"))
                .getProperty("application.server"))
        .doesNotStartWith("0.0.0.0");
  }
}
