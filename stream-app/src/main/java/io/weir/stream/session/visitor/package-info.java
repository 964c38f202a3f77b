/**
 * All that is remembered of one visitor: live and frozen touches, folds, what was emitted. Knows
 * how to freeze, fold and forget, but not when; {@code Sessionizer} decides that.
 */
@NullMarked
package io.weir.stream.session.visitor;

import org.jspecify.annotations.NullMarked;
