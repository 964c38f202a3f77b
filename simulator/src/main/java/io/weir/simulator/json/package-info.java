/** JSON written by hand into a reusable buffer. Pure. */
@NullMarked
package io.weir.simulator.json;

import org.jspecify.annotations.NullMarked;
