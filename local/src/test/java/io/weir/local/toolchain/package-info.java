/** Tests. */
@NullMarked
package io.weir.local.toolchain;

import org.jspecify.annotations.NullMarked;
