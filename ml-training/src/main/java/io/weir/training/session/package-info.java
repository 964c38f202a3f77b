/** Sessions as training rows: read from the lake or a file, split by time and visitor. */
@NullMarked
package io.weir.training.session;

import org.jspecify.annotations.NullMarked;
