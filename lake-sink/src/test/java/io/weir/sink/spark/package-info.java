/** The check that Spark, which {@code src/spark} starts, reads the tables as Weir writes them. */
@NullMarked
package io.weir.sink.spark;

import org.jspecify.annotations.NullMarked;
