/**
 * Gradient-boosted trees with XGBoost, and the baseline beside them. Only this package knows
 * XGBoost.
 */
@NullMarked
package io.weir.training.tree;

import org.jspecify.annotations.NullMarked;
