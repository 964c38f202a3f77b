/** The main classes of the broker process and the PostgreSQL process. */
@NullMarked
package io.weir.local.server;

import org.jspecify.annotations.NullMarked;
