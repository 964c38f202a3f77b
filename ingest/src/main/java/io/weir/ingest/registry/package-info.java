/** Records that are framed for a schema registry, as JSON. */
@NullMarked
package io.weir.ingest.registry;

import org.jspecify.annotations.NullMarked;
