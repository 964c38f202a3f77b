/** The bytes of a visitor's state. Nothing in the packages below knows them. */
@NullMarked
package io.weir.stream.session.codec;

import org.jspecify.annotations.NullMarked;
