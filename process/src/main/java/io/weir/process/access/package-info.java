/** The rights in Kafka that each service needs, and how they are said. */
@NullMarked
package io.weir.process.access;

import org.jspecify.annotations.NullMarked;
