/** Answers about all visitors of the group: open sessions, recent sessions and counts. */
@NullMarked
package io.weir.stream.query.overview;

import org.jspecify.annotations.NullMarked;
