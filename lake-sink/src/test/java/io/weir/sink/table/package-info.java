@NullMarked
package io.weir.sink.table;

import org.jspecify.annotations.NullMarked;
