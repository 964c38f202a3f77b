package io.weir.scoring.model;

import java.util.Optional;

/** Boosted trees: their leaves sum to the log-odds of the positive outcome. */
public sealed interface Trees extends Model permits TreeEnsemble, JoinedTrees {
  /** The number of values in a vector. */
  int features();

  int trees();

  /** The log-odds of the positive outcome, before any calibration. */
  float margin(float[] vector);

  /** What the features add to the margin; empty if the model does not know its training rows. */
  Optional<? extends MarginParts> contributions();
}
