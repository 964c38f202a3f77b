/** Tests of io.weir.benchmarks.measure. */
@NullMarked
package io.weir.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
