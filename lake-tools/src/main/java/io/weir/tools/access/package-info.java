/** Commands about rights. */
@NullMarked
package io.weir.tools.access;

import org.jspecify.annotations.NullMarked;
