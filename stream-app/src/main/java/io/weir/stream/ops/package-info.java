/** Running the stream application: its life, health, metrics and memory. */
@NullMarked
package io.weir.stream.ops;

import org.jspecify.annotations.NullMarked;
