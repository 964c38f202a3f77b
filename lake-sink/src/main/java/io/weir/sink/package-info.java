/** Topics to tables: one loop per Iceberg table, one per PostgreSQL relation. */
@NullMarked
package io.weir.sink;

import org.jspecify.annotations.NullMarked;
