/** Traces: which records are followed, and the spans that are sent to a collector. */
@NullMarked
package io.weir.process.trace;

import org.jspecify.annotations.NullMarked;
