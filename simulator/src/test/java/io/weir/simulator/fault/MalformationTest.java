package io.weir.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.simulator.Reader;
import io.weir.simulator.json.JsonBuffer;
import io.weir.simulator.visit.Chance;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MalformationTest {
  private static final String EVENT =
      "{\"event_id\":\"1\",\"event_type\":\"page_view\",\"event_time\":\"2026-01-01T00:00:00.000Z\","
          + "\"anonymous_id\":\"a\",\"user_id\":\"u\",\"page_title\":\"Café – Weißbach\"}";

  @ParameterizedTest
  @EnumSource
  void everyKind_isRefused(Malformation malformation) {
    byte[] event = EVENT.getBytes(StandardCharsets.UTF_8);
    assertThat(Reader.read(EVENT)).isPresent();

    for (int seed = 0; seed < 300; seed++) {
      var out = new JsonBuffer(16);
      malformation.apply(event, event.length, new Chance(seed), out);

      String text = new String(out.copy(), StandardCharsets.UTF_8);
      assertThat(Reader.read(text)).as(text).isEmpty();
      assertThat(text).isNotBlank().doesNotContain("\uFFFD");
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CUT"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyKindButCut_isStillJson(Malformation malformation) throws Exception {
    byte[] event = EVENT.getBytes(StandardCharsets.UTF_8);
    var out = new JsonBuffer(16);

    malformation.apply(event, event.length, new Chance(1), out);

    assertThat(new ObjectMapper().readTree(out.copy())).isNotNull();
  }
}
