/** What gold must hold after the sent traffic, by simple code of its own. Pure. */
@NullMarked
package io.weir.simulator.gold;

import org.jspecify.annotations.NullMarked;
