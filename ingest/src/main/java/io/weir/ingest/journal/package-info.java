/** Remembers which content was sent, so that a second run sends nothing. */
@NullMarked
package io.weir.ingest.journal;

import org.jspecify.annotations.NullMarked;
