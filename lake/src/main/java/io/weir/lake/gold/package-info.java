/** The relations of gold in PostgreSQL: their columns, and the connection to the database. */
@NullMarked
package io.weir.lake.gold;

import org.jspecify.annotations.NullMarked;
