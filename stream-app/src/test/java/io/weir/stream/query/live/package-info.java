@NullMarked
package io.weir.stream.query.live;

import org.jspecify.annotations.NullMarked;
