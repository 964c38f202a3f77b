package io.weir.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedEventTest {
  private static RecordedEvent read(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return RecordedEvent.read(bytes, bytes.length);
  }

  private static String shifted(String line, long by) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    var out = new JsonBuffer(16);
    RecordedEvent.read(bytes, bytes.length).shift(bytes, bytes.length, by, out);
    return new String(out.copy(), StandardCharsets.UTF_8);
  }

  @Test
  void shift_movesAllTimesAndNothingElse() {
    String line =
        "{\"name\":\"Café\", \"event_time\" : \"1970-01-01T01:00:00+01:00\","
            + "\"sent_at\":1500 ,\"received_at\":\"1970-01-01T00:00:02Z\","
            + "\"properties\":{\"event_time\":\"1970-01-01T00:00:00Z\"},\"x\":1.50}";

    assertThat(shifted(line, 1_000))
        .isEqualTo(
            "{\"name\":\"Café\", \"event_time\" : \"1970-01-01T00:00:01.000Z\","
                + "\"sent_at\":2500 ,\"received_at\":\"1970-01-01T00:00:03.000Z\","
                + "\"properties\":{\"event_time\":\"1970-01-01T00:00:00Z\"},\"x\":1.50}");
  }

  @Test
  void shift_unreadableTime_staysAsItIs() {
    String line = "{\"event_time\":\"soon\",\"sent_at\":null,\"received_at\":1.5e3}";

    assertThat(shifted(line, 1_000)).isEqualTo(line);
  }

  @Test
  void time_canonicalNameWinsOverAliases() {
    assertThat(read("{\"timestamp\":5,\"event_time\":7,\"originalTimestamp\":6}").time())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user_id\":\"u\",\"event_time\":5",
        "{\"user_id\":\"u\"} {}",
        "[{\"user_id\":\"u\"}]",
        "\"u\"",
        "{\"user_id\":7}",
        "garbage"
      })
  void key_notOfAVisitor_isNull(String line) {
    assertThat(read(line).key()).isNull();
    assertThat(read(line).time()).isEqualTo(RecordedEvent.NO_TIME);
  }

  @Test
  void key_besideANumberOutOfRange_isStillRead() {
    assertThat(read("{\"user_id\":\"u\",\"timestamp\":99999999999999999999}").key())
        .isEqualTo(new byte[] {'u'});
  }
}
