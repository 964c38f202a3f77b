/** Tests of io.weir.benchmarks.load. */
@NullMarked
package io.weir.benchmarks.load;

import org.jspecify.annotations.NullMarked;
