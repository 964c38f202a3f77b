/** Sums over the events of a session: they stand for the events in a long session's older part. */
@NullMarked
package io.weir.stream.session.sums;

import org.jspecify.annotations.NullMarked;
