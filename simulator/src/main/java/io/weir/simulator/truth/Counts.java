package io.weir.simulator.truth;

/**
 * What was sent. {@code produced = distinctValid + duplicates + malformed}; closing events are
 * counted apart.
 */
public record Counts(
    long produced,
    long distinctValid,
    long duplicates,
    long malformed,
    long late,
    long outOfOrder,
    long closing,
    long bots) {}
