/**
 * Parses and checks raw records: from bytes to an accepted event or a reason for rejection, without
 * Kafka and without a clock. Fills the contract's {@code EnrichedEvent} in place.
 */
@NullMarked
package io.weir.stream.ingest;

import org.jspecify.annotations.NullMarked;
