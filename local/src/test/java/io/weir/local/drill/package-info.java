/** Tests of the drills. */
@NullMarked
package io.weir.local.drill;

import org.jspecify.annotations.NullMarked;
