/** Tests of feature. */
@NullMarked
package io.weir.scoring.feature;

import org.jspecify.annotations.NullMarked;
