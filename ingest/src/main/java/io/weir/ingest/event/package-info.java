/** A raw event: its fields, limits, id and JSON. Pure: no files, no Kafka, no clock. */
@NullMarked
package io.weir.ingest.event;

import org.jspecify.annotations.NullMarked;
