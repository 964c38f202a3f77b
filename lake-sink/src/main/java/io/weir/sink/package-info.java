/** The service that writes topics to tables: one loop per Iceberg table or gold relation. */
@NullMarked
package io.weir.sink;

import org.jspecify.annotations.NullMarked;
