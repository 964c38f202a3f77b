/** Answers about what became of raw records. */
@NullMarked
package io.weir.stream.query.quality;

import org.jspecify.annotations.NullMarked;
