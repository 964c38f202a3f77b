/** The launcher behind {@code ./weir}: one command line for one machine. */
@NullMarked
package io.weir.local;

import org.jspecify.annotations.NullMarked;
