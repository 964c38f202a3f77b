/** Tests. */
@NullMarked
package io.weir.local.terminal;

import org.jspecify.annotations.NullMarked;
