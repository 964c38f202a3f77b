/** Tests of serve. */
@NullMarked
package io.weir.scoring.serve;

import org.jspecify.annotations.NullMarked;
