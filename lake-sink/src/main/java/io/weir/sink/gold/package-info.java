/** Sessions and scores as relations of PostgreSQL. */
@NullMarked
package io.weir.sink.gold;

import org.jspecify.annotations.NullMarked;
