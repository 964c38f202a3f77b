@NullMarked
package io.weir.stream.gold;

import org.jspecify.annotations.NullMarked;
