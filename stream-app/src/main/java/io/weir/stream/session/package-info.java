/**
 * From a visitor's events to sessions, without Kafka and without a clock. Reads the contract's
 * {@code EnrichedEvent} and fills its {@code Session} in place: a copy per event would cost more
 * than it explains.
 */
@NullMarked
package io.weir.stream.session;

import org.jspecify.annotations.NullMarked;
