/** The lake as views of an in-memory DuckDB. */
@NullMarked
package io.weir.sink.sql;

import org.jspecify.annotations.NullMarked;
