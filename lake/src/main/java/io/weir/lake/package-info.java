/** The settings that say where the lake is. */
@NullMarked
package io.weir.lake;

import org.jspecify.annotations.NullMarked;
