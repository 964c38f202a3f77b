/** Files of events and web server logs into the raw topic. */
@NullMarked
package io.weir.ingest;

import org.jspecify.annotations.NullMarked;
