package io.weir.tools.replay;

import io.weir.contract.VisitorPartition;
import io.weir.process.KafkaConnection;
import io.weir.tools.replay.OffsetWindows.Span;
import io.weir.tools.terminal.ProgressLine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Copies the raw records of the lake to another topic as they were: partition, order, key, headers,
 * and the append time as timestamp. It continues after the last record that the topic has.
 */
public final class RawFeed {
  private final RawTable table;
  private final KafkaConnection kafka;
  private final String source;
  private final String target;

  public RawFeed(Catalog catalog, KafkaConnection kafka, String source, String target) {
    this.table = new RawTable(catalog);
    this.kafka = kafka;
    this.source = source;
    this.target = target;
  }

  /**
   * The result of a run.
   *
   * @param sent the records that this run has sent
   * @param strays those without a key, or in another partition than the key's
   * @param next the offset of the source up to which the topic has the lake's records
   */
  public record Fed(long sent, long strays, Map<Integer, Long> next) {
    public Fed {
      next = Map.copyOf(next);
    }
  }

  /** The offsets of the source up to which the lake has records, by partition. */
  public Map<Integer, Long> ends() {
    var ends = new TreeMap<Integer, Long>();
    table.offsets(source).forEach((partition, span) -> ends.put(partition, span.end()));
    return ends;
  }

  /** The records that a first run would send, at most: some offsets are not records. */
  public long all() {
    return width(Map.of());
  }

  /** The records that the next run would send, at most. */
  public long left() {
    return width(new FedPositions(kafka, source, target).next());
  }

  private long width(Map<Integer, Long> next) {
    return wanted(next).values().stream().mapToLong(span -> span.end() - span.first()).sum();
  }

  /** Sends what the topic does not have yet; {@code partitions} is the number it has. */
  public Fed run(int partitions, ProgressLine progress) {
    try (var producer = FeedProducer.open(kafka, target)) {
      // Only now no other run can write to the topic.
      Map<Integer, Span> wanted = wanted(new FedPositions(kafka, source, target).next());
      ReplayPipeline.Parts<StoredRecord> parts = table.parts(source, wanted);
      progress.begin("feed");
      long sent = 0;
      long strays = 0;
      for (int i = 0; i < parts.count(); i++) {
        List<StoredRecord> part = parts.read().apply(i);
        producer.send(part);
        sent += part.size();
        strays += part.stream().filter(each -> isStray(each, partitions)).count();
        progress.done(i + 1L, parts.count());
      }
      return new Fed(sent, strays, ends());
    }
  }

  private SortedMap<Integer, Span> wanted(Map<Integer, Long> next) {
    var wanted = new TreeMap<Integer, Span>();
    table
        .offsets(source)
        .forEach((partition, span) -> {
          long first = Math.max(span.first(), next.getOrDefault(partition, 0L));
          if (first < span.end()) {
            wanted.put(partition, new Span(first, span.end()));
          }
        });
    return wanted;
  }

  private static boolean isStray(StoredRecord record, int partitions) {
    byte[] key = bytes(record.key());
    return key == null || VisitorPartition.of(key, partitions) != record.origin().partition();
  }

  static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
