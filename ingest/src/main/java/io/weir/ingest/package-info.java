/** Sends files of events and web server logs to the raw topic. */
@NullMarked
package io.weir.ingest;

import org.jspecify.annotations.NullMarked;
