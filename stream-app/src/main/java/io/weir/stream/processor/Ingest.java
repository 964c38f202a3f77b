package io.weir.stream.processor;

import io.weir.contract.RecordOutcome;
import io.weir.contract.VisitorPartition;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.RecordHeader;
import io.weir.contract.avro.RejectedRecord;
import io.weir.process.trace.Trace;
import io.weir.process.trace.TraceStep;
import io.weir.process.trace.Tracing;
import io.weir.stream.enrich.Enricher;
import io.weir.stream.ingest.Checked;
import io.weir.stream.ingest.Checked.Accepted;
import io.weir.stream.ingest.Checked.Rejected;
import io.weir.stream.ingest.EventParser;
import io.weir.stream.ingest.EventValidator;
import io.weir.stream.ingest.Excerpt;
import io.weir.stream.processor.limits.HeaderCut;
import io.weir.stream.processor.limits.RecordLimits;
import io.weir.stream.processor.quality.TaskCounts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Every raw record ends here as accepted (on to the sessionizer), rejected, or, where key or
 * partition are not its visitor's, rekeyed: it comes back through another topic.
 */
final class Ingest implements Processor<byte[], byte[], Object, Object> {
  private final EventValidator validator;
  private final Enricher enricher;
  private final IngestCounts counts;
  private final String rawTopic;
  private final String rekeyedTopic;
  private final int partitions;
  private final Tracing tracing;
  private final @Nullable ClockWatch clocks;
  private @Nullable ProcessorContext<Object, Object> context;
  private @Nullable TaskCounts task;

  Ingest(StreamSettings settings, IngestCounts counts, ClockWatch.Voice voice) {
    this.validator = new EventValidator(settings.timeRules(), settings.eventRules());
    this.enricher = settings.enricher();
    this.counts = counts;
    this.rawTopic = settings.topics().raw().name();
    this.rekeyedTopic = settings.topics().rekeyed().name();
    this.partitions = settings.rawPartitions();
    this.tracing = settings.tracing();
    this.clocks =
        settings.timeRules().hasCopiedTimes() ? null : new ClockWatch(voice, settings.lag());
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.task = context.getStateStore(StepNames.TASK_COUNTS);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ProcessorContext<Object, Object> to = Objects.requireNonNull(context);
    RecordMetadata at = to.recordMetadata().orElseThrow();
    boolean isRekeyed = at.topic().equals(rekeyedTopic);
    TaskCounts ofTask = Objects.requireNonNull(task);
    RawOrigin origin = arrived(record, at, isRekeyed, to.currentSystemTimeMs());
    Excerpt large = Excerpt.read(record.value());
    Checked checked =
        large == null
            ? validator.check(record.value(), origin.appendTime())
            : EventParser.tooLarge(large.length());
    switch (checked) {
      case Rejected rejected -> {
        ofTask.rejected(rejected.reason());
        reject(to, record, origin, rejected);
      }
      case Accepted(EnrichedEvent event) -> {
        byte[] key = event.getVisitorId().getBytes(StandardCharsets.UTF_8);
        if (isRekeyed || isAtHome(record.key(), key, at.partition())) {
          accept(to, record, origin, event);
        } else {
          ofTask.count(RecordOutcome.REKEYED);
          rekey(to, record, origin, key);
        }
      }
    }
  }

  private RawOrigin arrived(
      Record<byte[], byte[]> record, RecordMetadata at, boolean isRekeyed, long now) {
    RawOrigin origin = isRekeyed ? RawOrigin.from(record.headers()) : null;
    if (origin == null) {
      counts.received.increment();
      Objects.requireNonNull(task).received(now, record.timestamp());
      if (clocks != null) {
        clocks.read(at.partition(), record.timestamp(), now);
      }
      return new RawOrigin(at.partition(), at.offset(), record.timestamp());
    }
    Objects.requireNonNull(task).returned(now);
    return origin;
  }

  private boolean isAtHome(byte @Nullable [] key, byte[] visitor, int partition) {
    return key != null
        && Arrays.equals(key, visitor)
        && VisitorPartition.of(key, partitions) == partition;
  }

  private void accept(
      ProcessorContext<Object, Object> to,
      Record<byte[], byte[]> record,
      RawOrigin origin,
      EnrichedEvent event) {
    event.setRawPartition(origin.partition());
    event.setRawOffset(origin.offset());
    Trace trace = tracing.begin(record.headers());
    try (TraceStep step = trace == null ? null : begin(trace, origin, event)) {
      enricher.enrich(event);
      var headers = new RecordHeaders();
      if (step != null) {
        step.done().addTo(headers);
      }
      to.forward(
          new Record<>(event.getVisitorId(), event, record.timestamp(), headers),
          StepNames.SESSIONIZE);
    }
  }

  private static TraceStep begin(Trace trace, RawOrigin origin, EnrichedEvent event) {
    return trace.begin(
        "accept event", origin.appendTime(), "weir.event.type", event.getEventType());
  }

  private void rekey(
      ProcessorContext<Object, Object> to,
      Record<byte[], byte[]> record,
      RawOrigin origin,
      byte[] key) {
    counts.rekeyed.increment();
    Headers headers = new RecordHeaders(record.headers());
    origin.addTo(headers);
    to.forward(
        new Record<>(key, record.value(), record.timestamp(), headers), StepNames.REKEYED_OUT);
  }

  private void reject(
      ProcessorContext<Object, Object> to,
      Record<byte[], byte[]> record,
      RawOrigin origin,
      Rejected rejected) {
    counts.rejected.increment();
    counts.refused.add(rejected.reason(), origin.example(rejected));
    var refused = new RejectedRecord();
    refused.setReason(rejected.reason().code());
    refused.setDetail(rejected.detail());
    refused.setRawTopic(rawTopic);
    refused.setRawPartition(origin.partition());
    refused.setRawOffset(origin.offset());
    refused.setAppendTime(origin.appendTime());
    refused.setHeaders(headers(record.headers()));
    long headersLength = HeaderCut.length(record.headers());
    if (headersLength > RecordLimits.HEADERS) {
      refused.setHeadersLength(headersLength);
    }
    setKey(refused, record.key());
    setValue(refused, record.value());
    to.forward(
        new Record<>(keyOf(refused), refused, record.timestamp(), new RecordHeaders()),
        StepNames.REJECTED_OUT);
  }

  private static void setKey(RejectedRecord refused, byte @Nullable [] key) {
    Excerpt large = excerpt(key, RecordLimits.KEY);
    if (large == null) {
      refused.setKey(wrapped(key));
    } else {
      refused.setKey(large.ends());
      refused.setKeyLength(large.length());
      refused.setKeySha256(large.digest());
    }
  }

  private static void setValue(RejectedRecord refused, byte @Nullable [] value) {
    Excerpt large = excerpt(value, RecordLimits.VALUE);
    if (large == null) {
      refused.setValue(wrapped(value));
    } else {
      refused.setValue(large.ends());
      refused.setValueLength(large.length());
      refused.setValueSha256(large.digest());
    }
  }

  private static @Nullable Excerpt excerpt(byte @Nullable [] bytes, int limit) {
    Excerpt made = Excerpt.read(bytes);
    return made == null && bytes != null && bytes.length > limit
        ? Excerpt.of(ByteBuffer.wrap(bytes))
        : made;
  }

  private static byte @Nullable [] keyOf(RejectedRecord refused) {
    ByteBuffer key = refused.getKey();
    if (key == null) {
      return null;
    }
    var bytes = new byte[key.remaining()];
    key.get(key.position(), bytes);
    return bytes;
  }

  private static List<RecordHeader> headers(Headers headers) {
    var list = new ArrayList<RecordHeader>();
    for (Header header : HeaderCut.fitting(headers)) {
      list.add(new RecordHeader(header.key(), wrapped(header.value())));
    }
    return list;
  }

  private static @Nullable ByteBuffer wrapped(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  /** The place where a raw record was first appended; a rekeyed record has it in a header. */
  private record RawOrigin(int partition, long offset, long appendTime) {
    private static final String HEADER = "weir-origin";
    private static final int BYTES = Integer.BYTES + 2 * Long.BYTES;

    static @Nullable RawOrigin from(Headers headers) {
      Header header = headers.lastHeader(HEADER);
      if (header == null || header.value() == null || header.value().length != BYTES) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.wrap(header.value());
      return new RawOrigin(bytes.getInt(), bytes.getLong(), bytes.getLong());
    }

    RefusedExamples.Example example(Rejected refused) {
      return new RefusedExamples.Example(
          refused.reason().code(), refused.detail(), partition, offset, appendTime);
    }

    void addTo(Headers headers) {
      headers.remove(HEADER);
      headers.add(
          HEADER,
          ByteBuffer.allocate(BYTES).putInt(partition).putLong(offset).putLong(appendTime).array());
    }
  }
}
