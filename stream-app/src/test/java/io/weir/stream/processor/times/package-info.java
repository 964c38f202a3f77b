@NullMarked
package io.weir.stream.processor.times;

import org.jspecify.annotations.NullMarked;
