/** Tests of io.weir.benchmarks.process. */
@NullMarked
package io.weir.benchmarks.process;

import org.jspecify.annotations.NullMarked;
