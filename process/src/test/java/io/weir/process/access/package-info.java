/** Tests of the rights in Kafka. */
@NullMarked
package io.weir.process.access;

import org.jspecify.annotations.NullMarked;
