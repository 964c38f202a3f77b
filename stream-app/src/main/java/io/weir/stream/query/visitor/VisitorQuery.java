package io.weir.stream.query.visitor;

import io.weir.stream.session.visitor.VisitorState;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question about one visitor.
 *
 * @param view the answer's body from the visitor's state; empty where the thing asked for is absent
 * @param missing the message in that case
 */
public record VisitorQuery(
    String visitor, Function<VisitorState, Optional<?>> view, String missing) {}
