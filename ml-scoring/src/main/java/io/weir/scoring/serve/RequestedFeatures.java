package io.weir.scoring.serve;

import io.weir.model.feature.FeatureVector;

/** The features of a request to score, or what is wrong with the request. */
sealed interface RequestedFeatures {
  record Accepted(FeatureVector vector) implements RequestedFeatures {}

  record Refused(String detail) implements RequestedFeatures {}
}
