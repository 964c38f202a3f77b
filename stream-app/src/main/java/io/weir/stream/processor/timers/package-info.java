/** The timers of visitors: armed, stored, fired, given back. */
@NullMarked
package io.weir.stream.processor.timers;

import org.jspecify.annotations.NullMarked;
