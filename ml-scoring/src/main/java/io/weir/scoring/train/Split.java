package io.weir.scoring.train;

/** A way to divide a node: slots up to {@code lastLeftSlot} of the feature go left. */
record Split(int feature, int lastLeftSlot, boolean missingGoesLeft, double gain, Sums left) {}
