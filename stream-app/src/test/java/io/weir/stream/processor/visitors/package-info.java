@NullMarked
package io.weir.stream.processor.visitors;

import org.jspecify.annotations.NullMarked;
