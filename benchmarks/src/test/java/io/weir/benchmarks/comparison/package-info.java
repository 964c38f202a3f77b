/** Tests of io.weir.benchmarks.comparison. */
@NullMarked
package io.weir.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
