package io.weir.tools.replay;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSenderTest {
  /** Kafka's client refuses a delivery that may not last as long as one request. */
  @Test
  void producer_takesTheTimesOfEventHubs() {
    KafkaConnection hubs =
        KafkaConnection.from(
            Settings.of(
                Map.of(
                    "WEIR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                    "WEIR_KAFKA_AUTH", "event-hubs",
                    "WEIR_KAFKA_PASSWORD", "Endpoint=sb://shop/")));

    assertThatCode(() -> KafkaSender.open(hubs, "clickstream.raw").close())
        .doesNotThrowAnyException();
  }
}
