/** Realistic clickstream traffic with faults and its ground truth; replay of recorded events. */
@NullMarked
package io.weir.simulator;

import org.jspecify.annotations.NullMarked;
