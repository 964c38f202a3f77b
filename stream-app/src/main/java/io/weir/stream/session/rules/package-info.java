/** The rules that a deployment sets: for sessions, and for telling programs from people. */
@NullMarked
package io.weir.stream.session.rules;

import org.jspecify.annotations.NullMarked;
