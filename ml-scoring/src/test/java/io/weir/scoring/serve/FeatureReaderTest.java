package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.FeatureVector;
import io.weir.scoring.serve.RequestedFeatures.Accepted;
import io.weir.scoring.serve.RequestedFeatures.Refused;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureReaderTest {
  @Test
  void numbersAndWords_areRead() {
    FeatureVector vector = accepted("{\"events\": 9, \"device\": \"mobile\", \"os\": null}");

    assertThat(vector.value(Feature.EVENTS)).isEqualTo(9);
    int device = FeatureSchema.place(Feature.DEVICE);
    assertThat(Arrays.copyOfRange(vector.values(), device, device + 5))
        .containsExactly(0, 1, 0, 0, 0);
    assertThat(vector.value(Feature.IS_BOUNCE)).isZero();
    assertThat(vector.value(Feature.OS)).isNaN();
    assertThat(vector.value(Feature.SEARCHES)).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"is_bounce\": 1} | \"is_bounce\" is no feature",
        "{\"purchases\": 1} | \"purchases\" is no feature",
        "{\"events\": \"9\"} | events must be a finite number or null",
        "{\"events\": true} | events must be a finite number or null",
        "{\"events\": 1e400} | events must be a finite number or null",
        "{\"device\": 1} | device must be one of [desktop, mobile",
        "{\"device\": \"phone\"} | device must be one of [desktop, mobile",
        "{\"events\": 1, \"events\": 2} | Duplicate",
        "{\"events\": 1} x | not one JSON document",
        "[1] | must be a JSON object",
        "'' | must be a JSON object"
      })
  void wrongRequest_saysWhatIsWrong(String body, String detail) {
    assertThat(FeatureReader.read(body))
        .asInstanceOf(type(Refused.class))
        .extracting(Refused::detail, as(STRING))
        .contains(detail);
  }

  private static FeatureVector accepted(String body) {
    return assertThat(FeatureReader.read(body))
        .asInstanceOf(type(Accepted.class))
        .actual()
        .vector();
  }
}
