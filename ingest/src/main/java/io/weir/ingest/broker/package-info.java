/** What the stream application at the other end takes as history. */
@NullMarked
package io.weir.ingest.broker;

import org.jspecify.annotations.NullMarked;
