package io.weir.tools.audit;

import io.weir.lake.table.ErasedRow;
import io.weir.lake.table.TableRows;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Raw records that were neither accepted nor rejected: duplicate, open, or lost. */
final class Unaccounted {
  private final List<Found> found = new ArrayList<>();
  private final Set<String> accepted = new HashSet<>();
  private final Map<Integer, Long> erased = new HashMap<>();

  /** One such record; its id is empty if none can be read. */
  record Found(int partition, long offset, Instant appended, String id) {}

  static Unaccounted of(
      Table raw,
      Expression where,
      CountedFrom counted,
      SeenOffsets accepted,
      SeenOffsets rejected) {
    var unaccounted = new Unaccounted();
    TableRows.read(
        IcebergGenerics.read(raw)
            .where(where)
            .select("partition", "offset", "append_time", "value", "headers", "topic"),
        row -> {
          var partition = (Integer) row.getField("partition");
          var offset = (Long) row.getField("offset");
          if (counted.has(partition, offset)
              && !accepted.of(partition).contains(offset)
              && !rejected.of(partition).contains(offset)) {
            if (ErasedRow.is(row)) {
              unaccounted.erased.merge(partition, 1L, Long::sum);
            } else {
              unaccounted.add(row, partition, offset);
            }
          }
        });
    return unaccounted;
  }

  private void add(Record row, int partition, long offset) {
    Optional<String> id = RawEventId.of((ByteBuffer) row.getField("value"));
    var appended = (OffsetDateTime) row.getField("append_time");
    found.add(new Found(partition, offset, appended.toInstant(), id.orElse("")));
  }

  /** Looks up which of the ids were accepted in another record. */
  void resolve(Table events) {
    var wanted = new HashSet<String>();
    found.forEach(each -> wanted.add(each.id()));
    if (wanted.isEmpty()) {
      return;
    }
    TableRows.read(
        IcebergGenerics.read(events).where(Expressions.alwaysTrue()).select("event_id"),
        row -> {
          var id = (String) row.getField("event_id");
          if (wanted.contains(id)) {
            accepted.add(id);
          }
        });
  }

  /** The number of rows that {@code forget} emptied. */
  long erased(int partition) {
    return erased.getOrDefault(partition, 0L);
  }

  List<Found> duplicates(int partition) {
    return found.stream()
        .filter(each -> each.partition() == partition && accepted.contains(each.id()))
        .toList();
  }

  List<Found> others(int partition) {
    return found.stream()
        .filter(each -> each.partition() == partition && !accepted.contains(each.id()))
        .toList();
  }
}
