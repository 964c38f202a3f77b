/** One topic into one table, again and again: the loop, and what it is made of. */
@NullMarked
package io.weir.sink.loop;

import org.jspecify.annotations.NullMarked;
