/** The live stream: sessions as they close, and counters every second. */
@NullMarked
package io.weir.stream.query.live;

import org.jspecify.annotations.NullMarked;
