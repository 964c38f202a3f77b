/** How good probabilities are on rows that training did not see. Pure. */
@NullMarked
package io.weir.training.quality;

import org.jspecify.annotations.NullMarked;
