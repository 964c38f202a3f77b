@NullMarked
package io.weir.sink.erase;

import org.jspecify.annotations.NullMarked;
