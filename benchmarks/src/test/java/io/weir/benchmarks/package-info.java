/** Tests of how runs are read and compared. */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
