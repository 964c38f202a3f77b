package io.weir.stream.processor;

import io.weir.contract.Topics;
import io.weir.process.trace.Tracing;
import io.weir.stream.enrich.Enricher;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.processor.visitors.VisitorCache;
import io.weir.stream.session.rules.SessionRules;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The settings from which the topology is built.
 *
 * @param rawPartitions of the raw topic as it is, which may differ from the catalogue
 * @param idleTimeout a partition without records for so long is idle
 * @param closeInterval how often sessions that are due are looked for
 * @param commitInterval of partitions that keep up with their producers
 * @param storedIds the ids the state may know a visitor by
 * @param visitorCache bounds the visitors in memory
 * @param lag what is left to read of a partition of the raw topic
 */
public record StreamSettings(
    Topics topics,
    int rawPartitions,
    TimeRules timeRules,
    EventRules eventRules,
    SessionRules sessionRules,
    GoldRules goldRules,
    Duration idleTimeout,
    Duration closeInterval,
    Duration commitInterval,
    Enricher enricher,
    Function<String, List<String>> storedIds,
    VisitorCache visitorCache,
    LagProbe lag,
    Tracing tracing) {}
