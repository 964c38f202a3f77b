@NullMarked
package io.weir.sink.terminal;

import org.jspecify.annotations.NullMarked;
