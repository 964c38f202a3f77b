package io.weir.stream.processor;

import io.weir.stream.processor.visitors.VisitorParts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns the id of a visitor to be forgotten into the ids the state may know the visitor by. */
final class Erase implements Processor<byte[], byte[], Object, Object> {
  /** Asks for a visitor, under the id the state knows, to be forgotten. */
  record Erasure(String visitor) {}

  private final Function<String, List<String>> storedIds;
  private @Nullable ProcessorContext<Object, Object> context;

  Erase(Function<String, List<String>> storedIds) {
    this.storedIds = storedIds;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] key = record.key();
    if (key == null) {
      return;
    }
    String asked = new String(key, StandardCharsets.UTF_8);
    if (VisitorParts.isNoVisitor(asked)) {
      return;
    }
    for (String visitor : storedIds.apply(asked)) {
      Objects.requireNonNull(context)
          .forward(
              new Record<>(visitor, new Erasure(visitor), record.timestamp(), new RecordHeaders()));
    }
  }
}
