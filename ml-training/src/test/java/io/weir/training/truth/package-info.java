/** Tests of true probabilities. */
@NullMarked
package io.weir.training.truth;

import org.jspecify.annotations.NullMarked;
