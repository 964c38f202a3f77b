package io.weir.tools.replay;

import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.lake.table.TableSpec;
import io.weir.process.StartupException;
import io.weir.tools.replay.StoredRecord.NamedBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Reads the refused records of the lake, and which of them were replayed. */
final class RejectedTable {
  private static final String TIME = "append_time";
  private static final List<String> CUT = List.of("headers_length", "key_length", "value_length");
  private static final List<String> SUMMARY =
      List.of("reason", "detail", "raw_topic", "raw_partition", "raw_offset", TIME);

  private final Table rejected;
  private final Table raw;
  private final Map<String, String> topics = new HashMap<>();

  RejectedTable(Catalog catalog) {
    this.rejected = load(catalog, LakeTables.REJECTED);
    this.raw = load(catalog, LakeTables.RAW_EVENTS);
  }

  static Table load(Catalog catalog, TableSpec spec) {
    try {
      return catalog.loadTable(spec.identifier());
    } catch (NoSuchTableException e) {
      throw new StartupException(
          "the lake has no table " + spec.fullName() + "; start lake-sink once, or check WEIR_…",
          e);
    }
  }

  void summaries(Filter filter, Consumer<RefusedSummary> consumer) {
    TableRows.read(
        IcebergGenerics.read(rejected).where(filter.expression()).select(SUMMARY),
        row -> consumer.accept(summary(row)));
  }

  /** The refused records at a place, of every topic. */
  List<Refused> at(int partition, long offset) {
    return whole(
        Expressions.and(
            Expressions.equal("raw_partition", partition),
            Expressions.equal("raw_offset", offset)));
  }

  /** The selected records with all their columns. */
  ReplayPipeline.Parts<Refused> parts(Filter filter, Selection selection) {
    List<List<Origin>> chunks = selection.chunks();
    return new ReplayPipeline.Parts<>(chunks.size(), number -> whole(filter, chunks.get(number)));
  }

  private List<Refused> whole(Filter filter, List<Origin> chunk) {
    List<Refused> rows =
        whole(
            Expressions.and(
                filter.expression(),
                Expressions.greaterThanOrEqual(TIME, chunk.getFirst().appendMicros()),
                Expressions.lessThanOrEqual(TIME, chunk.getLast().appendMicros())));
    rows.sort(Comparator.comparing(Refused::origin));
    Set<Origin> open = new HashSet<>(chunk);
    return rows.stream().filter(row -> open.remove(row.origin())).toList();
  }

  private List<Refused> whole(Expression where) {
    var list = new ArrayList<Refused>();
    TableRows.read(IcebergGenerics.read(rejected).where(where), row -> list.add(refused(row)));
    return list;
  }

  /** The marks of replayed records that were appended to the raw topic since the given time. */
  Set<String> replayedSince(long micros) {
    var marks = new HashSet<String>();
    TableRows.read(
        IcebergGenerics.read(raw)
            .where(Expressions.greaterThanOrEqual(TIME, micros))
            .select("headers", TIME),
        row -> StoredRecord.headers(row).forEach(header -> addMark(header, marks)));
    return marks;
  }

  private static void addMark(NamedBytes header, Set<String> marks) {
    if (header.name().equals(Outgoing.REPLAYED_FROM) && header.value() != null) {
      marks.add(StandardCharsets.UTF_8.decode(header.value().duplicate()).toString());
    }
  }

  private RefusedSummary summary(Record row) {
    var topic = (String) row.getField("raw_topic");
    var origin =
        new Origin(
            Origin.micros(row),
            topics.computeIfAbsent(topic, name -> name),
            (Integer) row.getField("raw_partition"),
            (Long) row.getField("raw_offset"));
    return new RefusedSummary(
        origin, (String) row.getField("reason"), (String) row.getField("detail"));
  }

  private Refused refused(Record row) {
    RefusedSummary summary = summary(row);
    return new Refused(
        summary,
        StoredRecord.of(summary.origin(), row),
        CUT.stream().anyMatch(column -> row.getField(column) != null));
  }
}
