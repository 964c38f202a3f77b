package io.weir.scoring.serve;

import io.weir.scoring.feature.FeatureVector;

/** What a request asks to score, or what is wrong with it. */
sealed interface RequestedFeatures {
  record Accepted(FeatureVector vector) implements RequestedFeatures {}

  record Refused(String detail) implements RequestedFeatures {}
}
