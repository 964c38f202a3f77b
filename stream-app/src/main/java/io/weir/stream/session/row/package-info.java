/** The contract's session from a slice of a visitor's touches, filled in place. */
@NullMarked
package io.weir.stream.session.row;

import org.jspecify.annotations.NullMarked;
