@NullMarked
package io.weir.process.streams;

import org.jspecify.annotations.NullMarked;
