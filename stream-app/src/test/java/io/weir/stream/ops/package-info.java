@NullMarked
package io.weir.stream.ops;

import org.jspecify.annotations.NullMarked;
