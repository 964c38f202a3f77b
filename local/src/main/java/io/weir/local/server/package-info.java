/** The main classes of the broker process and the PostgreSQL process, and PostgreSQL's programs. */
@NullMarked
package io.weir.local.server;

import org.jspecify.annotations.NullMarked;
