package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {

  @Test
  void unreachableBroker_isNamedWithItsSettingInTime() {
    // Port 1 is reserved: nothing listens there.
    KafkaConnection nobody = new KafkaConnection("127.0.0.1:1", Map.of());
    long begin = System.nanoTime();

    assertThatThrownBy(() -> nobody.check(1))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("WEIR_KAFKA_BOOTSTRAP_SERVERS");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void badAddress_isNamedWithItsSetting() {
    assertThatThrownBy(() -> new KafkaConnection("no-port", Map.of()).check(1))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_KAFKA_BOOTSTRAP_SERVERS=no-port");
  }

  @Test
  void secrets_stayOutOfLogs() {
    KafkaConnection connection =
        new KafkaConnection("host:9092", Map.of("sasl.jaas.config", "password=secret"));

    assertThat(connection.toString()).doesNotContain("secret");
  }
}
