/** What tables there are, and how they come into being. */
@NullMarked
package io.weir.lake.table;

import org.jspecify.annotations.NullMarked;
