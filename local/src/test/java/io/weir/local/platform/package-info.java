/** Tests. */
@NullMarked
package io.weir.local.platform;

import org.jspecify.annotations.NullMarked;
