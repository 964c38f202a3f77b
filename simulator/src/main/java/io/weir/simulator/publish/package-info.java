/** Where records go, at which pace, and recorded events read back. */
@NullMarked
package io.weir.simulator.publish;

import org.jspecify.annotations.NullMarked;
