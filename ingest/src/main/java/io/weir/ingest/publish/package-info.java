/** Targets of events. */
@NullMarked
package io.weir.ingest.publish;

import org.jspecify.annotations.NullMarked;
