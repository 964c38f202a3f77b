/** Tests of io.weir.benchmarks.queries. */
@NullMarked
package io.weir.benchmarks.queries;

import org.jspecify.annotations.NullMarked;
