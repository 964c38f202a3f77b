@NullMarked
package io.weir.stream.query.cluster;

import org.jspecify.annotations.NullMarked;
