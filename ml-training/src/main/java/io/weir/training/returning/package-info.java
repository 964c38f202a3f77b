/** Closed sessions and whether their visitors came back: rows for the return model. */
@NullMarked
package io.weir.training.returning;

import org.jspecify.annotations.NullMarked;
