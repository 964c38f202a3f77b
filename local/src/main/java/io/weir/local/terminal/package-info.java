/** The launcher's output for the user. */
@NullMarked
package io.weir.local.terminal;

import org.jspecify.annotations.NullMarked;
