/** What a correct pipeline must find in what was sent. Pure. */
@NullMarked
package io.weir.simulator.truth;

import org.jspecify.annotations.NullMarked;
