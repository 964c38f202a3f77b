/** The results of a running platform so far, and their display. */
@NullMarked
package io.weir.local.watch;

import org.jspecify.annotations.NullMarked;
