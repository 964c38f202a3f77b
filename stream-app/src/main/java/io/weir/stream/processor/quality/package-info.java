/** Counts what becomes of raw records. */
@NullMarked
package io.weir.stream.processor.quality;

import org.jspecify.annotations.NullMarked;
