/** Faults between a visitor and the topic: duplicates, delays, malformed records. Pure. */
@NullMarked
package io.weir.simulator.fault;

import org.jspecify.annotations.NullMarked;
