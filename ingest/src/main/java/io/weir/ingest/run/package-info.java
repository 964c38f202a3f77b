/** The way from files to published events: formats, positions and totals. */
@NullMarked
package io.weir.ingest.run;

import org.jspecify.annotations.NullMarked;
