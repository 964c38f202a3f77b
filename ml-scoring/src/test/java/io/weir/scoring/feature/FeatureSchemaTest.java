package io.weir.scoring.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureSchemaTest {
  /** Models in use depend on both values: if one changes, the models must be trained again. */
  @Test
  void current_isWhatModelsWereTrainedWith() {
    assertThat(FeatureSchema.current().fingerprint()).isEqualTo("f02a74bcc32b2475");
    assertThat(FeatureSchema.current().names())
        .containsExactly(
            "events",
            "duration_ms",
            "page_views",
            "product_views",
            "searches",
            "ad_impressions",
            "ad_clicks",
            "add_to_carts",
            "remove_from_carts",
            "checkouts",
            "unique_pages",
            "unique_products",
            "longest_gap_ms",
            "start_hour_utc",
            "start_weekday_utc",
            "visitor_session_number",
            "ms_since_previous_session",
            "device",
            "os",
            "referrer_class",
            "campaign_medium");
  }
}
