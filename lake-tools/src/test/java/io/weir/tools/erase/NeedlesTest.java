package io.weir.tools.erase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedlesTest {
  private static final String LONG = "0198c0de-aaaa-bbbb";

  private final Needles needles = new Needles(List.of("v1", "m\u00fcller", LONG));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "v1 | true",
        "{\"anonymous_id\":\"v1\"} | true",
        "{\"anonymous_id\":\"v10\"} | false",
        "{\"url\":\"/a?u=v1\"} | false",
        "{\"value\":v1} | false",
        "{\"user_id\":\"m\u00fcller\"} | true",
        "{\"user_id\":\"m\\u00fcller\"} | true",
        "{\"user_id\":\"m\\u00fcllers\"} | false",
        "{\"u\\u0076\":1,\"\\u00761\":2} | true",
        "{\"url\":\"/a?u=0198c0de-aaaa-bbbb-cccc\"} | true",
        "junk \\ 0198c0de-aaaa-bbbb | true",
        "0198c0de-aaaa-bbb | false"
      })
  void bytes_holdAnId(String text, boolean isIn) {
    assertThat(needles.areIn(ByteBuffer.wrap(text.getBytes(UTF_8)))).isEqualTo(isIn);
  }

  @Test
  void nestedValues_areLookedAt() {
    assertThat(needles.areIn(List.of(Map.of("a", "v1")))).isTrue();
    assertThat(needles.areIn(Map.of("v1", 1))).isTrue();
    assertThat(needles.areIn(List.of(1, "v2"))).isFalse();
    assertThat(needles.areIn(null)).isFalse();
  }

  @Test
  void onlyLongIds_areLookedForInAnyFile() {
    assertThat(needles.longOnes()).containsExactly(LONG);
  }
}
