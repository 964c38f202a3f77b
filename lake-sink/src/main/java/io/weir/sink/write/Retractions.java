package io.weir.sink.write;

import io.weir.lake.table.TableRows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.iceberg.data.IcebergGenerics;
import org.jspecify.annotations.Nullable;

/**
 * The ranks of retracted keys, in a table of their own that is written before the rows. A
 * retraction that is stored early or twice does no harm, because it stays true.
 */
final class Retractions {
  private static final int ALL = 0;
  private static final long CAPACITY = 200_000;
  private static final int MICROS = 1000;

  private final Table table;
  private final Clock clock;
  private final UpsertWriter.Limits limits;
  private final KnownRanks known;
  private final Schema row;

  Retractions(Table table, UpsertWriter.Limits limits) {
    this.table = table;
    this.clock = limits.clock();
    this.limits = limits;
    this.known = new KnownRanks(new Stored(), CAPACITY);
    this.row = AvroSchemaUtil.convert(table.schema(), "retraction");
  }

  Map<String, Long> of(Collection<KeyedRow> asked) {
    return known.of(ALL, asked);
  }

  void forget() {
    known.forget();
  }

  /** Adds the retractions of a batch that are not in the table yet. */
  void remember(Collection<KeyedRow> batch) {
    List<KeyedRow> news = news(batch);
    if (news.isEmpty()) {
      return;
    }
    var files = new DayFiles(table, table.schema(), limits.ids(), limits.budget().share());
    long now = clock.millis() * MICROS;
    for (KeyedRow each : news) {
      var values = new @Nullable Object[] {each.key(), Ranks.revision(each.rank()), now};
      files.write(DayFiles.day(now), new TableRow(row, values));
    }
    files.close();
    AppendFiles append = table.newFastAppend();
    files.rows().forEach(append::appendFile);
    // A commit that took effect may be reported as a conflict, so Iceberg must delete nothing.
    append.deleteWith(_ -> {}).commit();
    known.committed(news);
  }

  private List<KeyedRow> news(Collection<KeyedRow> batch) {
    var retracted = new HashMap<String, KeyedRow>();
    for (KeyedRow each : batch) {
      if (each.isRetracted()) {
        retracted.put(each.key(), new KeyedRow(each.key(), each.rank(), ALL, each.row()));
      }
    }
    if (!retracted.isEmpty()) {
      Map<String, Long> before = known.of(ALL, retracted.values());
      retracted.values().removeIf(each -> before.getOrDefault(each.key(), -1L) >= each.rank());
    }
    return new ArrayList<>(retracted.values());
  }

  private final class Stored implements KnownRanks.Source {
    @Override
    public long rows(int day) {
      table.refresh();
      return table.currentSnapshot() == null
          ? 0
          : Long.parseLong(table.currentSnapshot().summary().getOrDefault("total-records", "0"));
    }

    @Override
    public Map<String, Long> all(int day) {
      return read(Set.of());
    }

    @Override
    public Map<String, Long> of(int day, Collection<KeyedRow> asked) {
      return asked.isEmpty()
          ? Map.of()
          : read(asked.stream().map(KeyedRow::key).collect(Collectors.toSet()));
    }

    private Map<String, Long> read(Set<String> wanted) {
      var ranks = new HashMap<String, Long>();
      TableRows.read(
          IcebergGenerics.read(table).select("session_key", "revision"),
          each -> {
            var key = (String) each.getField("session_key");
            if (wanted.isEmpty() || wanted.contains(key)) {
              ranks.merge(key, Ranks.of((Integer) each.getField("revision"), true), Math::max);
            }
          });
      return ranks;
    }
  }
}
