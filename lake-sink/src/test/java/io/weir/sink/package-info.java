@NullMarked
package io.weir.sink;

import org.jspecify.annotations.NullMarked;
