@NullMarked
package io.weir.lake.table;

import org.jspecify.annotations.NullMarked;
