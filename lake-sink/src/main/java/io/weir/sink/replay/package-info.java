/** Refused records: looked at, repaired, and sent into the raw topic once more. */
@NullMarked
package io.weir.sink.replay;

import org.jspecify.annotations.NullMarked;
