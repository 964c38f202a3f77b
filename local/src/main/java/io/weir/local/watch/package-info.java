/** What a running platform has done so far, and how that is shown. */
@NullMarked
package io.weir.local.watch;

import org.jspecify.annotations.NullMarked;
