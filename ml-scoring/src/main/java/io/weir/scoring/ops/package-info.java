/** Running the stream, health and metrics. */
@NullMarked
package io.weir.scoring.ops;

import org.jspecify.annotations.NullMarked;
