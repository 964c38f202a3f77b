/**
 * The dictionary of a visitor: the texts and contexts that its events have, each once, by number.
 */
@NullMarked
package io.weir.stream.session.text;

import org.jspecify.annotations.NullMarked;
