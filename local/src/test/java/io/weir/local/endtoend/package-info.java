/** Tests. */
@NullMarked
package io.weir.local.endtoend;

import org.jspecify.annotations.NullMarked;
