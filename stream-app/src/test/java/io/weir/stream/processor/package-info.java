@NullMarked
package io.weir.stream.processor;

import org.jspecify.annotations.NullMarked;
