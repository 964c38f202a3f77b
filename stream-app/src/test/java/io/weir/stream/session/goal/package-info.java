@NullMarked
package io.weir.stream.session.goal;

import org.jspecify.annotations.NullMarked;
