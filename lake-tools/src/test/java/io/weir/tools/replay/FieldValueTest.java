package io.weir.tools.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a=b | {\"x\":[{\"a\":\"c\"}],\"a\":\"b\"} | true",
        "a=b | {\"x\":{\"a\":\"b\"}} | false",
        "a=1.50 | {\"a\":1.50} | true",
        "a=1.5 | {\"a\":1.50} | false",
        "a=true | {\"a\":true} | true",
        "a=x=y | {\"a\":\"x=y\"} | true",
        "a=b | [\"a\",\"b\"] | false",
        "a=b | {\"a\":\"b | false",
        "a=b | junk | false",
        "a={} | {\"a\":{}} | false"
      })
  void fieldAtTheTop_isCompared(String filter, String json, boolean isIn) {
    assertThat(FieldValue.parse(filter).isIn(ByteBuffer.wrap(json.getBytes(UTF_8))))
        .isEqualTo(isIn);
  }

  @Test
  void noValue_hasNoField() {
    assertThat(FieldValue.parse("a=b").isIn(null)).isFalse();
  }
}
