/** What several processes do with Kafka: publish raw events, close the sessions of past data. */
@NullMarked
package io.weir.process.kafka;

import org.jspecify.annotations.NullMarked;
