/** Training: from a file of sessions to a model and the card that describes it. */
@NullMarked
package io.weir.scoring.train;

import org.jspecify.annotations.NullMarked;
