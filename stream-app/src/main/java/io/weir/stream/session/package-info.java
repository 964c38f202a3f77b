/**
 * Turns a visitor's events into sessions, without Kafka and without a clock; the rest of the
 * service calls this package. Reads the contract's {@code EnrichedEvent} and fills its {@code
 * Session} in place, because a copy per event would cost more than it explains.
 *
 * <p>Below lie, each package knowing only those before it: {@code bytes}, {@code text} (the
 * dictionary), {@code touch} (events and frozen runs of them), {@code sums} (folded events), {@code
 * visitor} (the state), {@code row} (the contract's session). {@code codec} is on top of {@code
 * visitor}: only the store and queries know it. {@code rules} are read by all who need them.
 */
@NullMarked
package io.weir.stream.session;

import org.jspecify.annotations.NullMarked;
