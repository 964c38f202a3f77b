@NullMarked
package io.weir.sink.write;

import org.jspecify.annotations.NullMarked;
