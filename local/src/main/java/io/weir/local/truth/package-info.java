/** The simulator's truth, and the comparison of gold with it. */
@NullMarked
package io.weir.local.truth;

import org.jspecify.annotations.NullMarked;
