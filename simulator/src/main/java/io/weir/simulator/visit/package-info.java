/**
 * Visitors, their visits and their events. Pure: time, chance and the world are arguments. {@link
 * io.weir.simulator.visit.Click} is filled in place, because a copy per event would cost more than
 * it explains.
 */
@NullMarked
package io.weir.simulator.visit;

import org.jspecify.annotations.NullMarked;
