@NullMarked
package io.weir.sink.audit;

import org.jspecify.annotations.NullMarked;
