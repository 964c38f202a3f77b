/** Tests of ops. */
@NullMarked
package io.weir.scoring.ops;

import org.jspecify.annotations.NullMarked;
