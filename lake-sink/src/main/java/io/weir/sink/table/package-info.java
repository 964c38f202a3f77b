/** What tables there are, and how they come into being. */
@NullMarked
package io.weir.sink.table;

import org.jspecify.annotations.NullMarked;
