/** What a benchmark measures, and the floors it holds the figures against. */
@NullMarked
package io.weir.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
