package io.weir.ingest.journal;

import java.time.Instant;

/**
 * Content that was sent: its first bytes, all its bytes and when.
 *
 * @param headLength how many bytes {@code head} is the fingerprint of
 * @param bytes unpacked bytes that were sent; {@code fingerprint} is theirs
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
