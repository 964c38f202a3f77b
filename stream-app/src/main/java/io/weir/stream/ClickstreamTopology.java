package io.weir.stream;

import static io.weir.stream.processor.StepNames.ERASE;
import static io.weir.stream.processor.StepNames.ERASURES_IN;
import static io.weir.stream.processor.StepNames.EVENTS_OUT;
import static io.weir.stream.processor.StepNames.IDENTITIES_OUT;
import static io.weir.stream.processor.StepNames.INGEST;
import static io.weir.stream.processor.StepNames.LATE_OUT;
import static io.weir.stream.processor.StepNames.RAW_IN;
import static io.weir.stream.processor.StepNames.REJECTED_OUT;
import static io.weir.stream.processor.StepNames.REKEYED_IN;
import static io.weir.stream.processor.StepNames.REKEYED_OUT;
import static io.weir.stream.processor.StepNames.SESSIONIZE;
import static io.weir.stream.processor.StepNames.SESSIONS_OUT;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topics;
import io.weir.stream.processor.IngestCounts;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.processor.StreamSettings;
import io.weir.stream.processor.TopologySteps;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.FailOnInvalidTimestamp;

/**
 * The data flow.
 *
 * <pre>
 * raw ───────┐               ┌─> rejected
 * rekeyed ───┴─> ingest ─────┼─> rekeyed
 * erasures ────> erase ──────┤
 *                            └─> sessionize ──┬─> events
 *                                [visitors]   ├─> late
 *                                [timers]     ├─> sessions
 *                                [facts]      └─> identities
 *                                [gold] (its changelog is the topic of gold)
 * </pre>
 */
public final class ClickstreamTopology {
  private ClickstreamTopology() {}

  public static Topology build(
      StreamSettings settings, IngestCounts counts, StreamProgress progress) {
    Topics topics = settings.topics();
    // The consumer has made sure that it is the append time: AppendTimes.
    var appendTime = new FailOnInvalidTimestamp();
    var bytesIn = new ByteArrayDeserializer();
    var bytesOut = new ByteArraySerializer();
    var key = new StringSerializer();
    var event = TopologySteps.bounded(AvroSerde.enrichedEvent(), topics.events());
    var late = TopologySteps.bounded(AvroSerde.enrichedEvent(), topics.late());
    var session = TopologySteps.bounded(AvroSerde.session(), topics.sessions());
    var identity = TopologySteps.bounded(AvroSerde.identity(), topics.identities());
    var rejected = TopologySteps.bounded(AvroSerde.rejected(), topics.rejected());
    var taskCounts = TopologySteps.taskCounts();
    var sessionize = TopologySteps.sessionize(settings, counts, progress, taskCounts);
    var earliest = AutoOffsetReset.earliest();
    return new Topology()
        .addSource(earliest, RAW_IN, appendTime, bytesIn, bytesIn, topics.raw().name())
        .addSource(earliest, REKEYED_IN, appendTime, bytesIn, bytesIn, topics.rekeyed().name())
        .addProcessor(
            INGEST, TopologySteps.ingest(settings, counts, taskCounts), RAW_IN, REKEYED_IN)
        .addSink(REJECTED_OUT, topics.rejected().name(), bytesOut, rejected, INGEST)
        .addSink(REKEYED_OUT, topics.rekeyed().name(), bytesOut, bytesOut, INGEST)
        .addSource(earliest, ERASURES_IN, appendTime, bytesIn, bytesIn, topics.erasures().name())
        .addProcessor(ERASE, TopologySteps.erase(settings), ERASURES_IN)
        .addProcessor(SESSIONIZE, sessionize, INGEST, ERASE)
        .addSink(EVENTS_OUT, topics.events().name(), key, event, SESSIONIZE)
        .addSink(LATE_OUT, topics.late().name(), key, late, SESSIONIZE)
        .addSink(SESSIONS_OUT, topics.sessions().name(), key, session, SESSIONIZE)
        .addSink(IDENTITIES_OUT, topics.identities().name(), key, identity, SESSIONIZE);
  }
}
