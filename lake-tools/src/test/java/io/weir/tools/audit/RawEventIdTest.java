package io.weir.tools.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RawEventIdTest {

  @Test
  void ownName_winsOverItsAlias() {
    assertThat(id("{\"messageId\":\"alias\",\"x\":{\"event_id\":\"inner\"},\"event_id\":\"own\"}"))
        .contains("own");
  }

  @Test
  void alias_isTakenAlone() {
    assertThat(id("{\"a\":[1,{}],\"messageId\":\"alias\"}")).contains("alias");
  }

  @Test
  void noObjectOrNoId_isEmpty() {
    assertThat(id("junk")).isEmpty();
    assertThat(id("[1]")).isEmpty();
    assertThat(id("{\"event_id\":7}")).isEmpty();
    assertThat(RawEventId.of(null)).isEmpty();
  }

  private static Optional<String> id(String json) {
    return RawEventId.of(ByteBuffer.wrap(json.getBytes(UTF_8)));
  }
}
