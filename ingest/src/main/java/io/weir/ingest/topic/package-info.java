/** A topic of Kafka as a source: sends its records to the raw topic as events. */
@NullMarked
package io.weir.ingest.topic;

import org.jspecify.annotations.NullMarked;
