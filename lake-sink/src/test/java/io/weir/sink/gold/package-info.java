@NullMarked
package io.weir.sink.gold;

import org.jspecify.annotations.NullMarked;
