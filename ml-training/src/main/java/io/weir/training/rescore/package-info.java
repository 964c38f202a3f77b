/** Scores of the past by a chosen model. */
@NullMarked
package io.weir.training.rescore;

import org.jspecify.annotations.NullMarked;
