@NullMarked
package io.weir.sink.sql;

import org.jspecify.annotations.NullMarked;
