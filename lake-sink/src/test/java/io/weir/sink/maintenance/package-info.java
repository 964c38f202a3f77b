@NullMarked
package io.weir.sink.maintenance;

import org.jspecify.annotations.NullMarked;
