/** Where events go. */
@NullMarked
package io.weir.ingest.publish;

import org.jspecify.annotations.NullMarked;
