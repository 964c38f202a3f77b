/** The tables of the lake: their columns and files, how they are created, and the catalog. */
@NullMarked
package io.weir.lake.table;

import org.jspecify.annotations.NullMarked;
