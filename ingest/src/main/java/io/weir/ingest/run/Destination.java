package io.weir.ingest.run;

import io.weir.ingest.journal.Journal;
import io.weir.ingest.publish.EventPublisher;

/**
 * Where events go and what has gone there before.
 *
 * @param application set in every event that names none; empty to leave events as they are
 * @param isAgain whether content that was sent before is sent once more
 */
public record Destination(
    EventPublisher publisher, Journal journal, String application, boolean isAgain) {}
