package io.weir.training.session;

import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;

/**
 * A prefix of a session.
 *
 * @param vector without rates
 * @param hasCampaign whether it knows the session's campaign
 * @param hasLanding whether it knows the session's first page
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
record SessionCut(float[] vector, boolean hasCampaign, boolean hasLanding) {
  /** The vector with the rates that the whole session sees, as far as the prefix knows why. */
  float[] ratedAs(float[] whole) {
    SessionFeatures.rate(
        vector,
        new SessionRates.Seen(
            hasCampaign ? whole[FeatureSchema.place(Feature.CAMPAIGN_RATE)] : Float.NaN,
            hasLanding ? whole[FeatureSchema.place(Feature.LANDING_RATE)] : Float.NaN));
    return vector;
  }
}
