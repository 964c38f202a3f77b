/** Writes records of a topic as rows of Parquet files. */
@NullMarked
package io.weir.sink.write;

import org.jspecify.annotations.NullMarked;
