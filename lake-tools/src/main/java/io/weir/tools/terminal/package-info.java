/** The progress line that a person at the command line sees. */
@NullMarked
package io.weir.tools.terminal;

import org.jspecify.annotations.NullMarked;
