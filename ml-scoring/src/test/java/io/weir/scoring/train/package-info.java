/** Tests of train. */
@NullMarked
package io.weir.scoring.train;

import org.jspecify.annotations.NullMarked;
