package io.weir.ingest.journal;

import java.time.Instant;

/**
 * Sent content: its first bytes, all its bytes and the time.
 *
 * @param headLength the number of bytes that {@code head} is the fingerprint of
 * @param bytes unpacked bytes that were sent, with {@code fingerprint} as their fingerprint
 * @param name of the file, for people: content is recognised under any name
 */
public record Entry(
    int headLength,
    String head,
    long bytes,
    String fingerprint,
    long events,
    String name,
    Instant time) {}
