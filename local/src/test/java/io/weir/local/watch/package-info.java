/** Tests. */
@NullMarked
package io.weir.local.watch;

import org.jspecify.annotations.NullMarked;
