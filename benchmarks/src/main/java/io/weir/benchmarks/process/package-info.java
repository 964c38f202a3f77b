/** The processes a benchmark starts and measures. */
@NullMarked
package io.weir.benchmarks.process;

import org.jspecify.annotations.NullMarked;
