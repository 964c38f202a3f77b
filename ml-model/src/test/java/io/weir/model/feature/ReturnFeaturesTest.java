package io.weir.model.feature;

import static io.weir.testkit.TestSessions.START;
import static io.weir.testkit.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.avro.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReturnFeaturesTest {
  /** Models in use depend on these values: if one changes, raise the version and train again. */
  @Test
  void schema_isWhatModelsWereTrainedWith() {
    FeatureSchema schema = ReturnSchema.current();

    assertThat(schema.version()).isEqualTo(1);
    assertThat(schema.fingerprint()).isEqualTo("8b43c718dc93a7d1");
    assertThat(schema.names()).doesNotHaveDuplicates();
    for (ReturnFeature feature : ReturnFeature.values()) {
      int place = ReturnSchema.place(feature);
      assertThat(schema.names().subList(place, place + feature.width()))
          .isEqualTo(feature.places());
    }
  }

  @Test
  void wholeSession_countsWithItsPurchases() {
    float[] vector =
        ReturnFeatures.of(
            session("v", 4)
                .setPageViews(2)
                .setPurchases(1)
                .setIsConverted(true)
                .setRevenueE4(Map.of("EUR", 129_900L))
                .setMsSincePreviousSession(3_600_000L)
                .setDevice("Mobile")
                .setOs("Windows NT 10.0")
                .setStartTime(START - 3_600_000)
                .build());

    assertThat(value(vector, ReturnFeature.EVENTS)).isEqualTo(3);
    assertThat(value(vector, ReturnFeature.PAGE_VIEWS)).isEqualTo(2);
    assertThat(value(vector, ReturnFeature.PURCHASES)).isEqualTo(1);
    assertThat(value(vector, ReturnFeature.IS_CONVERTED)).isEqualTo(1);
    assertThat(value(vector, ReturnFeature.REVENUE)).isCloseTo(12.99f, within(1e-4f));
    assertThat(value(vector, ReturnFeature.MEAN_GAP_MS)).isEqualTo(30_000);
    assertThat(value(vector, ReturnFeature.VISITOR_SESSION_NUMBER)).isEqualTo(4);
    assertThat(value(vector, ReturnFeature.MS_SINCE_PREVIOUS_SESSION)).isEqualTo(3_600_000);
    // Wednesday, at the hour of the end.
    assertThat(value(vector, ReturnFeature.END_WEEKDAY_UTC)).isEqualTo(2);
    assertThat(value(vector, ReturnFeature.END_HOUR_UTC)).isCloseTo(0.5f, within(1e-6f));
    List<String> names = ReturnSchema.current().names();
    assertThat(vector[names.indexOf("device=mobile")]).isEqualTo(1);
    assertThat(vector[names.indexOf("os=windows")]).isEqualTo(1);
  }

  @Test
  void unknownValues_areMissing_notZero() {
    float[] first = ReturnFeatures.of(session("v", 1).setEvents(1).build());

    assertThat(value(first, ReturnFeature.REVENUE)).isZero();
    assertThat(value(first, ReturnFeature.MEAN_GAP_MS)).isNaN();
    assertThat(value(first, ReturnFeature.MS_SINCE_PREVIOUS_SESSION)).isNaN();
    assertThat(value(first, ReturnFeature.COUNTRY)).isNaN();
    float[] two =
        ReturnFeatures.of(
            session("v", 1).setRevenueE4(Map.of("EUR", 10_000L, "USD", 10_000L)).build());
    assertThat(value(two, ReturnFeature.REVENUE)).isNaN();
    // A request may leave the map out.
    assertThat(value(ReturnFeatures.of(new Session()), ReturnFeature.REVENUE)).isNaN();
  }

  private static float value(float[] vector, ReturnFeature feature) {
    return vector[ReturnSchema.place(feature)];
  }
}
