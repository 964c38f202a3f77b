package io.weir.stream.gold;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one partition. Differences are added in memory; {@link #flush} writes each dirty
 * cell once, as an absolute value, and must be called before every commit. A cell that became zero
 * is written with zeros, so that its readers learn of it.
 */
public final class GoldBook {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();

  private final CellStore store;
  private final NameCounts names;
  private final int partition;
  private final int mostInMemory;
  private final LongSupplier clock;

  /** The least recently used cell comes first. */
  private final Map<GoldKey, Entry> cells = new LinkedHashMap<>(16, 0.75f, true);

  private int weight;

  /**
   * @param names the store of the numbers of named values
   * @param clock milliseconds
   */
  public GoldBook(
      CellStore store, CellStore names, int partition, GoldRules rules, LongSupplier clock) {
    this.store = store;
    this.names = new NameCounts(names, rules.mostNames());
    this.partition = partition;
    this.mostInMemory = rules.mostInMemory();
    this.clock = clock;
  }

  private static final class Entry {
    private final GoldKey key;
    private final byte[] bytes;
    private final CellSums sums;
    private long version;
    private boolean isDirty;

    private Entry(GoldKey key, byte[] bytes, @Nullable GoldCell stored) {
      this.key = key;
      this.bytes = bytes;
      this.sums = stored == null ? new CellSums() : CellSums.of(stored);
      this.version = stored == null ? 0 : stored.getVersion();
    }
  }

  /**
   * The name under which a value is counted: the value itself or, beyond the limit of names, {@code
   * (other)}. A name stays valid, so that whoever remembers it can take back what was added.
   *
   * @param key of the day's cell
   */
  String name(GoldKey key) {
    return named(key) == null ? GoldValue.OTHER : key.value();
  }

  /** Adds a difference to a day's cell under the name of the value; returns that name. */
  String addNamed(GoldKey key, CellSums difference) {
    Entry entry = named(key);
    if (entry == null) {
      add(key.withValue(GoldValue.OTHER), difference);
      return GoldValue.OTHER;
    }
    add(entry, difference);
    return key.value();
  }

  /** The day's cell of a value that has a name; null beyond the limit. */
  private @Nullable Entry named(GoldKey key) {
    assert key.grain() == Grain.DAY;
    makeRoom();
    Entry entry = cells.get(key);
    if (entry == null) {
      byte[] bytes = key.bytes();
      GoldCell stored = read(bytes);
      if (stored == null
          && !names.add(key.subject(), key.dimension(), key.isBot(), key.bucketStart())) {
        return null;
      }
      entry = keep(new Entry(key, bytes, stored));
      entry.isDirty = stored == null;
    }
    return entry;
  }

  /** Adds a difference to a cell. */
  void add(GoldKey key, CellSums difference) {
    makeRoom();
    Entry entry = cells.get(key);
    if (entry == null) {
      byte[] bytes = key.bytes();
      entry = keep(new Entry(key, bytes, read(bytes)));
    }
    add(entry, difference);
  }

  private void add(Entry entry, CellSums difference) {
    int before = entry.sums.weight();
    entry.sums.add(difference);
    weight += entry.sums.weight() - before;
    entry.isDirty = true;
  }

  /** Adds active visitors of a day to the cell of their previous active day. */
  public void addVisitors(long dayStart, String previousDay, int visitors) {
    var key =
        new GoldKey(
            Subject.VISITORS, Grain.DAY, Dimension.PREVIOUS_DAY, false, dayStart, previousDay);
    add(key, new CellSums().add(Measure.VISITORS, visitors));
  }

  /** Writes what cannot change any more, with the zone whose days the cells have. */
  public void writeProgress(ZoneId zone, long settledUntil) {
    GoldKey key = progressKey(zone.getId());
    byte[] bytes = key.bytes();
    GoldCell before = read(bytes);
    GoldCell cell = cell(key);
    cell.setVersion(Math.max(before == null ? 0 : before.getVersion() + 1, clock.getAsLong()));
    cell.setSettledUntil(settledUntil);
    store.put(bytes, bytes(cell));
  }

  private static GoldKey progressKey(String zone) {
    return new GoldKey(Subject.PROGRESS, Grain.DAY, Dimension.ALL, false, 0, zone);
  }

  private @Nullable GoldCell read(byte[] key) {
    return SERDE.deserialize("", store.get(key));
  }

  private Entry keep(Entry entry) {
    cells.put(entry.key, entry);
    weight += entry.sums.weight();
    return entry;
  }

  private void makeRoom() {
    Iterator<Entry> leastUsed = cells.values().iterator();
    while (weight >= mostInMemory && leastUsed.hasNext()) {
      Entry entry = leastUsed.next();
      write(entry);
      weight -= entry.sums.weight();
      leastUsed.remove();
    }
  }

  /** Writes what has changed. */
  public void flush() {
    cells.values().forEach(this::write);
  }

  private void write(Entry entry) {
    if (!entry.isDirty) {
      return;
    }
    entry.version = Math.max(entry.version + 1, clock.getAsLong());
    entry.isDirty = false;
    GoldCell cell = cell(entry.key);
    cell.setVersion(entry.version);
    entry.sums.fill(cell);
    store.put(entry.bytes, bytes(cell));
  }

  /** Drops all cells from memory: others may change the store. What is dirty must be flushed. */
  public void clear() {
    cells.clear();
    names.clear();
    weight = 0;
  }

  /** A cell without numbers. */
  private GoldCell cell(GoldKey key) {
    var cell = new GoldCell();
    cell.setSubject(key.subject().code());
    cell.setGrain(key.grain().code());
    cell.setBucketStart(key.bucketStart());
    cell.setIsBot(key.isBot());
    cell.setDimension(key.dimension().code());
    cell.setValue(key.value());
    cell.setPartition(partition);
    cell.setRevenue(Map.of());
    return cell;
  }

  private static byte[] bytes(GoldCell cell) {
    return Objects.requireNonNull(SERDE.serialize("", cell));
  }
}
