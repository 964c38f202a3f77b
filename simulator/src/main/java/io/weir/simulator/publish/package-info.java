/** Targets of records, the pace of sending, and the reading of recorded events. */
@NullMarked
package io.weir.simulator.publish;

import org.jspecify.annotations.NullMarked;
