/** The health, metrics and HTTP server of the service. */
@NullMarked
package io.weir.sink.ops;

import org.jspecify.annotations.NullMarked;
