/** What goes wrong between a visitor and the topic: copies, delays, broken records. Pure. */
@NullMarked
package io.weir.simulator.fault;

import org.jspecify.annotations.NullMarked;
