/** Tests. */
@NullMarked
package io.weir.local.compare;

import org.jspecify.annotations.NullMarked;
