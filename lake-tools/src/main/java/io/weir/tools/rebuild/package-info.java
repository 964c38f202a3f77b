/** The command {@code gold}: the sums of gold built anew from the lake, beside the live ones. */
@NullMarked
package io.weir.tools.rebuild;

import org.jspecify.annotations.NullMarked;
