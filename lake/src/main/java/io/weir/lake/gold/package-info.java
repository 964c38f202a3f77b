/** The relations of gold in PostgreSQL: their columns, and how to reach the database. */
@NullMarked
package io.weir.lake.gold;

import org.jspecify.annotations.NullMarked;
