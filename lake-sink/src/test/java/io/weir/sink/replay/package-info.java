@NullMarked
package io.weir.sink.replay;

import org.jspecify.annotations.NullMarked;
