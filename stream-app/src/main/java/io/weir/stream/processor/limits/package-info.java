/**
 * The limits of a record's size: what the consumer keeps of a large one, and what becomes of one
 * that its topic would not take.
 */
@NullMarked
package io.weir.stream.processor.limits;

import org.jspecify.annotations.NullMarked;
