/** Tests. */
@NullMarked
package io.weir.local;

import org.jspecify.annotations.NullMarked;
