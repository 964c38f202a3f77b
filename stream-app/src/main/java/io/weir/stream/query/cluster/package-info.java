/** The group: which instance owns what, how far each one is, and how one instance asks another. */
@NullMarked
package io.weir.stream.query.cluster;

import org.jspecify.annotations.NullMarked;
