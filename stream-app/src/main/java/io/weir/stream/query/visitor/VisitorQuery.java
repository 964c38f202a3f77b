package io.weir.stream.query.visitor;

import io.weir.stream.session.visitor.VisitorState;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is asked of one visitor.
 *
 * @param view the answer's body from the visitor's state; empty where what is asked for is not
 *     there
 * @param missing what to say then
 */
record VisitorQuery(String visitor, Function<VisitorState, Optional<?>> view, String missing) {}
