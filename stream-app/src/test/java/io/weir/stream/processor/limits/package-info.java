@NullMarked
package io.weir.stream.processor.limits;

import org.jspecify.annotations.NullMarked;
