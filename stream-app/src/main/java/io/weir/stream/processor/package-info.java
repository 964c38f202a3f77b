/** Kafka's side of the pure packages: map in, call, map out. */
@NullMarked
package io.weir.stream.processor;

import org.jspecify.annotations.NullMarked;
