/** The same job by Weir, Flink and Spark, one after the other on one topic. */
@NullMarked
package io.weir.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
