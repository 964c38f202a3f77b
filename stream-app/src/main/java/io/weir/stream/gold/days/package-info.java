/**
 * The days of the site, those on which visitors were active, and what they say about the number of
 * distinct visitors. Knows neither Kafka nor a clock.
 */
@NullMarked
package io.weir.stream.gold.days;

import org.jspecify.annotations.NullMarked;
