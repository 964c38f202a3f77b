@NullMarked
package io.weir.stream.query.overview;

import org.jspecify.annotations.NullMarked;
