/**
 * Drills: a platform of their own under faults, whose results are held to the simulator's truth.
 */
@NullMarked
package io.weir.local.drill;

import org.jspecify.annotations.NullMarked;
