/**
 * The file formats, and how each names the fields of an event. Pure: no files, no Kafka, no clock.
 */
@NullMarked
package io.weir.ingest.format;

import org.jspecify.annotations.NullMarked;
