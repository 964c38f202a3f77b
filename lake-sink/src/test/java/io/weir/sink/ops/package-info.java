@NullMarked
package io.weir.sink.ops;

import org.jspecify.annotations.NullMarked;
