@NullMarked
package io.weir.stream.session.codec;

import org.jspecify.annotations.NullMarked;
