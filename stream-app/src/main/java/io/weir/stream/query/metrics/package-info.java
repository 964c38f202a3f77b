/** Answers business metrics from the cells of gold, which each instance has of its partitions. */
@NullMarked
package io.weir.stream.query.metrics;

import org.jspecify.annotations.NullMarked;
