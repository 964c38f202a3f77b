@NullMarked
package io.weir.stream.processor.timers;

import org.jspecify.annotations.NullMarked;
