/** The command line behind {@code ./weir bench}. */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
