package io.weir.stream.processor.limits;

import io.weir.contract.AvroSerde;
import io.weir.contract.RejectReason;
import io.weir.contract.Topics;
import io.weir.contract.avro.RejectedRecord;
import io.weir.process.LogVisitor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backstop for a record that its topic would not take: counts it, writes a small record to the
 * rejected topic that says which one it was, and lets the stream go on. No known input reaches it.
 * Every other failure to write stops the stream, because going on would lose records.
 */
public final class SkipUnsendable implements ProductionExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(SkipUnsendable.class);
  private static final String TARGET = "weir.unsendable";
  private @Nullable Target target;

  private record Target(String rejectedTopic, String rawTopic, LongAdder unsendable) {}

  /**
   * Lets a Streams client use this handler.
   *
   * @param unsendable counts the records that are left out
   */
  public static void add(Properties streams, Topics topics, LongAdder unsendable) {
    streams.put("production.exception.handler", SkipUnsendable.class.getName());
    streams.put(TARGET, new Target(topics.rejected().name(), topics.raw().name(), unsendable));
  }

  @Override
  public void configure(Map<String, ?> configs) {
    if (!(configs.get(TARGET) instanceof Target to)) {
      throw new IllegalArgumentException(TARGET + " is not set");
    }
    target = to;
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    return Response.fail();
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception exception,
      SerializationExceptionOrigin origin) {
    Target to = Objects.requireNonNull(target);
    to.unsendable().increment();
    LogVisitor.add(record.key(), log.atError())
        .log(
            "a record was left out: {}; what was read at that time: partition {} offset {}",
            exception.getMessage(),
            context.partition(),
            context.offset());
    byte[] standIn = standIn(to, context, String.valueOf(exception.getMessage()));
    return Response.resume(List.of(new ProducerRecord<>(to.rejectedTopic(), null, standIn)));
  }

  private static byte[] standIn(Target to, ErrorHandlerContext context, String detail) {
    var refused = new RejectedRecord();
    refused.setReason(RejectReason.UNSENDABLE.code());
    refused.setDetail(detail);
    refused.setRawTopic(to.rawTopic());
    refused.setRawPartition(context.partition());
    refused.setRawOffset(context.offset());
    refused.setAppendTime(context.timestamp());
    refused.setHeaders(List.of());
    byte[] bytes = AvroSerde.rejected().serialize(to.rejectedTopic(), refused);
    return Objects.requireNonNull(bytes);
  }
}
