/** Adapts the scoring of a session to Kafka Streams; decides nothing. */
@NullMarked
package io.weir.scoring.processor;

import org.jspecify.annotations.NullMarked;
