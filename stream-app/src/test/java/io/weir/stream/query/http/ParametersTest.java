package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  @Test
  void position_isAWholeNumber() {
    assertThat(Parameters.position("0")).isZero();
    assertThat(Parameters.position("12345678901")).isEqualTo(12_345_678_901L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "1.5"})
  void otherPosition_isRefused(String text) {
    assertThatThrownBy(() -> Parameters.position(text))
        .isInstanceOf(RefusedRequest.class)
        .hasMessage("after=" + text + " is not a whole number from 0 on");
  }
}
