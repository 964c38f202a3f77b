/** The command {@code why}: the sessions behind a change of a number in gold. */
@NullMarked
package io.weir.tools.why;

import org.jspecify.annotations.NullMarked;
