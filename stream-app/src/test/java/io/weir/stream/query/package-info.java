@NullMarked
package io.weir.stream.query;

import org.jspecify.annotations.NullMarked;
