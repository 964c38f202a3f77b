package io.weir.ingest.run;

import io.weir.ingest.journal.Journal;
import io.weir.process.kafka.EventPublisher;

/**
 * The target of the events and what was sent there before.
 *
 * @param application set in every event that names none; empty to leave events unchanged
 * @param isAgain whether content that was sent before is sent once more
 */
public record Destination(
    EventPublisher publisher, Journal journal, String application, boolean isAgain) {}
