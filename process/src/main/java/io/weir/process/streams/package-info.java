/** How a process runs Kafka Streams. */
@NullMarked
package io.weir.process.streams;

import org.jspecify.annotations.NullMarked;
