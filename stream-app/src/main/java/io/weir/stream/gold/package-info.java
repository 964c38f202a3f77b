/**
 * Business numbers of one partition as sums by subject, bucket, side and dimension, without Kafka
 * and without a clock. {@code processor.gold} gives it stores.
 */
@NullMarked
package io.weir.stream.gold;

import org.jspecify.annotations.NullMarked;
