package io.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureTextTest {
  private final FeatureVector vector = new FeatureVector();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 6, 12, 18, 23})
  void hour_isReadBackFromSineAndCosine(int hour) {
    vector.set(Feature.START_HOUR_UTC, hour);

    assertThat(text(Feature.START_HOUR_UTC, vector.values())).hasValue("" + hour);
  }

  @ParameterizedTest
  @CsvSource({"mobile, mobile", "toaster, other"})
  void word_isTheKnownOneOrOther(String word, String text) {
    vector.set(Feature.DEVICE, word);

    assertThat(text(Feature.DEVICE, vector.values())).hasValue(text);
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "0.25, 0.25", "-1, -1", "1e30, 1.0E30"})
  void number_hasNoNeedlessDigits(float value, String text) {
    vector.set(Feature.EVENTS, value);

    assertThat(text(Feature.EVENTS, vector.values())).hasValue(text);
  }

  @Test
  void missingValue_hasNoText() {
    assertThat(text(Feature.EVENTS, vector.values())).isEmpty();
    assertThat(text(Feature.DEVICE, vector.values())).isEmpty();
    assertThat(text(Feature.START_HOUR_UTC, vector.values())).isEmpty();
  }

  private static Optional<String> text(Feature feature, float[] vector) {
    return FeatureText.of(feature, FeatureSchema.place(feature), vector);
  }
}
