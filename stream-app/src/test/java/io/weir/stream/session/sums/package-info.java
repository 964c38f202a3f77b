@NullMarked
package io.weir.stream.session.sums;

import org.jspecify.annotations.NullMarked;
