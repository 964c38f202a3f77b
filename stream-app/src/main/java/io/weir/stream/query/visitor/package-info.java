/** Answers about one visitor: which instance has the visitor, and what its state shows. */
@NullMarked
package io.weir.stream.query.visitor;

import org.jspecify.annotations.NullMarked;
