/**
 * The store of visitors: decoded ones in memory, which of them are evicted, and the parts of the
 * large ones.
 */
@NullMarked
package io.weir.stream.processor.visitors;

import org.jspecify.annotations.NullMarked;
