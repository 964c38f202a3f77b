package io.weir.stream.query.cluster;

import java.util.Optional;

/** What another instance answered, to be handed on as it is. */
public record PeerAnswer(int status, String contentType, Optional<String> staleness, String body) {}
