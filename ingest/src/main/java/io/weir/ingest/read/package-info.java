/** Finds files and reads them record by record with bounded memory. */
@NullMarked
package io.weir.ingest.read;

import org.jspecify.annotations.NullMarked;
