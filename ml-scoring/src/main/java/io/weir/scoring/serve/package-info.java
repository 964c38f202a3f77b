/** The REST interface. */
@NullMarked
package io.weir.scoring.serve;

import org.jspecify.annotations.NullMarked;
