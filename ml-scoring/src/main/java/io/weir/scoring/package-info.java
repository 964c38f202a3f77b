/** The scoring service and the training command: wiring, settings and the topology. */
@NullMarked
package io.weir.scoring;

import org.jspecify.annotations.NullMarked;
