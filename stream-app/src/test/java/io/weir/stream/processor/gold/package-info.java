@NullMarked
package io.weir.stream.processor.gold;

import org.jspecify.annotations.NullMarked;
