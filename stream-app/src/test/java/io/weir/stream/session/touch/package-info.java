@NullMarked
package io.weir.stream.session.touch;

import org.jspecify.annotations.NullMarked;
