package io.weir.sink.write;

import io.weir.lake.commit.Changes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes records that replace or delete the row of their key. The batch stays in memory with one
 * record per key. The commit reads the table's revisions, so a first revision needs no delete file,
 * and an older revision never replaces a newer one.
 */
public final class UpsertWriter<T extends SpecificRecordBase> implements RowWriter {
  /** The keys cached between commits, some 50 MB. */
  private static final long REMEMBERED_KEYS = 300_000;

  /** A decoded record on the heap is about this many times as large as its bytes. */
  private static final int HEAP_FACTOR = 6;

  private final Table table;
  private final org.apache.iceberg.Schema schema;
  private final AvroRows<T> rows;
  private final Versioned<T> versioned;
  private final Supplier<UUID> ids;
  private final org.apache.iceberg.Schema keySchema;
  private final Schema deleteRow;
  private final KnownRanks known;
  private final Retractions retractions;
  private final int dayColumn;
  private final WriteBudget.Share batchShare;
  private final WriteBudget.Share fileShare;
  private final Map<String, KeyedRow> batch = new HashMap<>();
  private @Nullable DayFiles files;
  private long bytes;

  /** The columns of the key and the revision, and the table that remembers retractions. */
  public record Identity(String key, String revision, Table retractions) {}

  public UpsertWriter(
      Table table, AvroRows<T> rows, Versioned<T> versioned, Identity identity, Limits limits) {
    this.table = table;
    this.schema = table.schema();
    this.rows = rows;
    this.versioned = versioned;
    this.ids = limits.ids();
    this.batchShare = limits.budget().share();
    this.fileShare = limits.budget().share();
    this.keySchema = table.schema().select(identity.key());
    this.deleteRow = AvroSchemaUtil.convert(keySchema, "key");
    this.known =
        new KnownRanks(new TableRanks(table, identity.key(), identity.revision()), REMEMBERED_KEYS);
    this.retractions = new Retractions(identity.retractions(), limits);
    this.dayColumn = DayColumn.of(table);
  }

  /**
   * The source of file ids, the clock, and the memory that rows may take until they are written.
   */
  public record Limits(Supplier<UUID> ids, Clock clock, WriteBudget budget) {}

  @Override
  public void write(ConsumerRecord<byte[], byte[]> record) {
    T decoded = rows.decode(record);
    String key = versioned.key().apply(decoded);
    long rank = versioned.rank(decoded);
    bytes += (long) HEAP_FACTOR * record.serializedValueSize();
    batchShare.hold(bytes);
    KeyedRow before = batch.get(key);
    if (before == null || rank > before.rank()) {
      TableRow row = rows.map(record);
      int day = DayFiles.day(DayColumn.micros(row, dayColumn));
      batch.put(key, new KeyedRow(key, rank, day, row));
    }
  }

  /**
   * The heap that the batch takes, not its bytes in a file. A batch that fills the memory must be
   * committed.
   */
  @Override
  public long bytes() {
    return batchShare.isTooMuch() ? Long.MAX_VALUE : bytes;
  }

  @Override
  public Changes close() {
    if (files == null) {
      retractions.remember(batch.values());
      files = new DayFiles(table, schema, ids, fileShare);
      fill(files, UpsertPlan.of(batch.values(), ranks(), retractions.of(batch.values())));
      files.close();
    }
    return new Changes(files.rows(), files.deletes());
  }

  private void fill(DayFiles target, UpsertPlan plan) {
    int written = 0;
    for (KeyedRow row : plan.inserts()) {
      target.write(row.day(), row.row());
      if (++written % 256 == 0) {
        target.bound();
      }
    }
    plan.deletes().forEach((day, gone) -> target.delete(day, keySchema, keys(gone)));
  }

  private List<TableRow> keys(List<KeyedRow> gone) {
    var keys = new ArrayList<TableRow>(gone.size());
    for (KeyedRow row : gone) {
      keys.add(new TableRow(deleteRow, new @Nullable Object[] {row.key()}));
    }
    return keys;
  }

  private Map<String, Long> ranks() {
    var byDay = new HashMap<Integer, List<KeyedRow>>();
    for (KeyedRow row : batch.values()) {
      byDay.computeIfAbsent(row.day(), _ -> new ArrayList<>()).add(row);
    }
    var ranks = new HashMap<String, Long>();
    byDay.forEach((day, rows) -> ranks.putAll(known.of(day, rows)));
    return ranks;
  }

  @Override
  public void committed() {
    known.committed(batch.values());
    clear();
  }

  @Override
  public void discard() {
    if (files != null) {
      files.discard();
    }
    abandon();
  }

  @Override
  public void abandon() {
    reassigned();
    clear();
  }

  @Override
  public void reassigned() {
    known.forget();
    retractions.forget();
  }

  private void clear() {
    batch.clear();
    bytes = 0;
    batchShare.hold(0);
    files = null;
  }
}
