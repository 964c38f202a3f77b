/** Gold of one partition in its stores: the cells, the facts of sessions, and their end. */
@NullMarked
package io.weir.stream.processor.gold;

import org.jspecify.annotations.NullMarked;
