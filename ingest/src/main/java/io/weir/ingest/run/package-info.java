/** From files to published events: which format, from where on, and what came of it. */
@NullMarked
package io.weir.ingest.run;

import org.jspecify.annotations.NullMarked;
