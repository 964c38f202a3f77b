/** The stream application behind the topic, and its limits for history. */
@NullMarked
package io.weir.ingest.broker;

import org.jspecify.annotations.NullMarked;
