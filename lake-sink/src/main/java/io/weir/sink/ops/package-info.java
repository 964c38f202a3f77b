/** What an operator sees: health, metrics, the HTTP server. */
@NullMarked
package io.weir.sink.ops;

import org.jspecify.annotations.NullMarked;
