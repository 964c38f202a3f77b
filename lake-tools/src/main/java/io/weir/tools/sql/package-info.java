/** The lake as views of an in-memory DuckDB. */
@NullMarked
package io.weir.tools.sql;

import org.jspecify.annotations.NullMarked;
