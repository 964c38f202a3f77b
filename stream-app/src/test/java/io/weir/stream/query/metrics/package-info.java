@NullMarked
package io.weir.stream.query.metrics;

import org.jspecify.annotations.NullMarked;
