/** Tests of the benchmarks as a whole. */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
