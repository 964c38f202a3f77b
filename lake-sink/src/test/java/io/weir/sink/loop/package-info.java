@NullMarked
package io.weir.sink.loop;

import org.jspecify.annotations.NullMarked;
