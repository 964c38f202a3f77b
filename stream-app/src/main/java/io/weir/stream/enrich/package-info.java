/**
 * Enrichments of accepted events, one class each, without Kafka and without a clock. They fill the
 * contract's {@code EnrichedEvent} in place.
 */
@NullMarked
package io.weir.stream.enrich;

import org.jspecify.annotations.NullMarked;
