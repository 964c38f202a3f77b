/** Tests of reason. */
@NullMarked
package io.weir.scoring.reason;

import org.jspecify.annotations.NullMarked;
