package io.weir.training.rescore;

import io.weir.training.session.ModelVersion;

/**
 * A score that a chosen model gives to a session of the past.
 *
 * @param start of the session, epoch milliseconds
 */
public record Rescore(
    String sessionKey,
    String visitorId,
    int revision,
    long start,
    double score,
    ModelVersion model) {}
