/** True probabilities of simulated rows, to compare a model with. */
@NullMarked
package io.weir.training.truth;

import org.jspecify.annotations.NullMarked;
