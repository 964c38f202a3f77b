/** The rules that a deployment sets: what makes a session, and what no person does. */
@NullMarked
package io.weir.stream.session.rules;

import org.jspecify.annotations.NullMarked;
