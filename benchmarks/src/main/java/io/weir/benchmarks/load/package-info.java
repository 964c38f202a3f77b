/** The topic of the comparisons: simulated clicks of a shop, and the counts found in them. */
@NullMarked
package io.weir.benchmarks.load;

import org.jspecify.annotations.NullMarked;
