package io.weir.stream.query;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** What the stream knows of a visitor now: sessions in order of time, the open one last. */
@Serdeable
public record VisitorAnswer(String visitorId, List<SessionAnswer> sessions) {}
