/**
 * Sends records again: refused ones, perhaps repaired, to the raw topic, or raw ones to another.
 */
@NullMarked
package io.weir.tools.replay;

import org.jspecify.annotations.NullMarked;
