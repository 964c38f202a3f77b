/**
 * What is derived from an accepted event, one class each, without Kafka and without a clock. Fills
 * the contract's {@code EnrichedEvent} in place.
 */
@NullMarked
package io.weir.stream.enrich;

import org.jspecify.annotations.NullMarked;
