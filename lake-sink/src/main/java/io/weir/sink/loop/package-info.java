/** The loop that reads one topic into one table, and its parts. */
@NullMarked
package io.weir.sink.loop;

import org.jspecify.annotations.NullMarked;
