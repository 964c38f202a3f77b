/** Compares two lists of sessions. Pure: the JDK only. */
@NullMarked
package io.weir.local.compare;

import org.jspecify.annotations.NullMarked;
