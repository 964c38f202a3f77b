package io.weir.stream.gold;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one partition. Differences are added in memory; {@link #flush} writes each dirty
 * cell once, as an absolute value, and must be called before every commit. A cell that became zero
 * is written with zeros, so that its readers learn of it.
 *
 * <p>A difference is added to the cell of 15 minutes only, where there is one: the flush adds what
 * came together there to the day. So an event costs one look-up per dimension.
 */
public final class GoldBook {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();

  private static final int MOST_AT_ONCE = 1_000;

  private final CellStore store;
  private final NameCounts names;
  private final int partition;
  private final LongSupplier clock;
  private final CellMemory memory;
  private final List<BookCell> dirtyQuarters = new ArrayList<>();
  private final List<BookCell> dirtyDays = new ArrayList<>();
  private long quartersFrom = Long.MIN_VALUE;

  /**
   * @param names the store of the numbers of named values
   * @param clock milliseconds
   */
  public GoldBook(
      CellStore store, CellStore names, int partition, GoldRules rules, LongSupplier clock) {
    this.store = store;
    this.names = new NameCounts(names, rules.mostNames());
    this.partition = partition;
    this.memory = new CellMemory(rules.mostInMemory());
    this.clock = clock;
  }

  /**
   * Says that cells of 15 minutes that start before a time are to be deleted. They get nothing any
   * more, and do not come back from memory.
   */
  public void keepQuartersFrom(long start) {
    // While a history is read, this comes for each of its days: nothing is written for it.
    if (memory.hasQuartersBefore(start)) {
      flush();
      memory.dropQuartersBefore(start);
    }
    quartersFrom = start;
  }

  /**
   * The name under which a value is counted: the value itself or, beyond the limit of names, {@code
   * (other)}. A name stays valid, so that whoever remembers it can take back what was added.
   */
  String name(Place place, Breakdown breakdown, String value) {
    makeRoom();
    return memory.quarter(place, breakdown, value) != null
            || namedDay(place, breakdown, value) != null
        ? value
        : GoldValue.OTHER;
  }

  /** Adds a difference under the name of the value. */
  void add(Place place, Breakdown breakdown, String value, CellSums difference) {
    makeRoom();
    BookCell quarter = memory.quarter(place, breakdown, value);
    if (quarter != null && place.quarter() >= quartersFrom) {
      addDeferred(place, quarter, difference);
      return;
    }
    BookCell day = namedDay(place, breakdown, value);
    add(place, day == null ? day(place, breakdown, GoldValue.OTHER) : day, difference);
  }

  /** Adds a difference under a name that was given. */
  void addAs(Place place, Breakdown breakdown, String name, CellSums difference) {
    makeRoom();
    BookCell quarter = memory.quarter(place, breakdown, name);
    if (quarter != null && place.quarter() >= quartersFrom) {
      addDeferred(place, quarter, difference);
    } else {
      add(place, day(place, breakdown, name), difference);
    }
  }

  /** Adds to a day's cell, through the cell of 15 minutes if there is to be one. */
  private void add(Place place, BookCell day, CellSums difference) {
    Breakdown breakdown = day.breakdown();
    if (breakdown.dimension().hasQuarters() && place.quarter() >= quartersFrom) {
      var key =
          new GoldKey(
              breakdown.subject(),
              Grain.QUARTER,
              breakdown.dimension(),
              place.isBot(),
              place.quarter(),
              day.value());
      // That of (other) may be there: it was not found under the value.
      BookCell known = memory.quarter(place, breakdown, day.value());
      BookCell quarter = known == null ? memory.keepQuarter(place, load(key, breakdown)) : known;
      addDeferred(place, quarter, difference);
    } else {
      addNow(day, difference);
    }
  }

  private void addDeferred(Place place, BookCell quarter, CellSums difference) {
    if (quarter.addDeferred(place.day(), difference)) {
      memory.grow(quarter);
      note(quarter, dirtyQuarters);
    } else {
      // In the distant past, days of some zones began within a quarter of an hour.
      addNow(quarter, difference);
      addNow(day(place, quarter.breakdown(), quarter.value()), difference);
    }
  }

  private void addNow(BookCell cell, CellSums difference) {
    cell.addNow(difference);
    memory.grow(cell);
    note(cell, cell.isQuarter() ? dirtyQuarters : dirtyDays);
  }

  private static void note(BookCell cell, List<BookCell> dirty) {
    if (cell.markDirty()) {
      dirty.add(cell);
    }
  }

  /** Adds active visitors of a day to the cell of their previous active day. */
  public void addVisitors(long dayStart, String previousDay, int visitors) {
    var place = new Place(false, dayStart, dayStart);
    var difference = new CellSums().add(Measure.VISITORS, visitors);
    addAs(place, Breakdown.VISITORS_BY_PREVIOUS_DAY, previousDay, difference);
  }

  /** Adds to the cell of a minute, and writes it. */
  void addToMinute(long minute, Breakdown breakdown, String name, CellSums difference) {
    var key =
        new GoldKey(breakdown.subject(), Grain.MINUTE, breakdown.dimension(), false, minute, name);
    BookCell cell = load(key, breakdown);
    cell.addNow(difference);
    store.put(key.bytes(), bytes(cell.written(partition, clock.getAsLong())));
  }

  /** The day's cell of a value that has a name; null beyond the limit. */
  private @Nullable BookCell namedDay(Place place, Breakdown breakdown, String value) {
    BookCell cell = memory.day(place, breakdown, value);
    if (cell == null) {
      cell = load(dayKey(place, breakdown, value), breakdown);
      if (!cell.isStored()) {
        if (!names.add(breakdown, place)) {
          return null;
        }
        note(cell, dirtyDays);
      }
      memory.keepDay(place, cell);
    }
    return cell;
  }

  private BookCell day(Place place, Breakdown breakdown, String name) {
    BookCell cell = memory.day(place, breakdown, name);
    return cell == null
        ? memory.keepDay(place, load(dayKey(place, breakdown, name), breakdown))
        : cell;
  }

  private static GoldKey dayKey(Place place, Breakdown breakdown, String value) {
    return new GoldKey(
        breakdown.subject(), Grain.DAY, breakdown.dimension(), place.isBot(), place.day(), value);
  }

  private BookCell load(GoldKey key, Breakdown breakdown) {
    return new BookCell(key, breakdown, read(key.bytes()));
  }

  /** Writes what cannot change any more, with the zone whose days the cells have. */
  public void writeProgress(ZoneId zone, long settledUntil) {
    GoldKey key = new GoldKey(Subject.PROGRESS, Grain.DAY, Dimension.ALL, false, 0, zone.getId());
    byte[] bytes = key.bytes();
    GoldCell before = read(bytes);
    GoldCell cell = BookCell.empty(key, partition);
    cell.setVersion(Math.max(before == null ? 0 : before.getVersion() + 1, clock.getAsLong()));
    cell.setSettledUntil(settledUntil);
    store.put(bytes, bytes(cell));
  }

  private @Nullable GoldCell read(byte[] key) {
    return SERDE.deserialize("", store.get(key));
  }

  private void makeRoom() {
    if (memory.isFull()) {
      flush();
      memory.makeRoom();
    }
  }

  /** Writes how many values have been named. */
  public void flushNames() {
    names.flush();
  }

  /** Writes what has changed. */
  public void flush() {
    for (BookCell quarter : dirtyQuarters) {
      addToDay(quarter);
      memory.grow(quarter);
    }
    write(dirtyQuarters);
    write(dirtyDays);
    flushNames();
    memory.nextPeriod();
  }

  private void addToDay(BookCell quarter) {
    CellSums deferred = quarter.takeDeferred();
    if (deferred != null) {
      var place = new Place(quarter.key().isBot(), quarter.key().bucketStart(), quarter.day());
      addNow(day(place, quarter.breakdown(), quarter.value()), deferred);
    }
  }

  private void write(List<BookCell> dirty) {
    long now = clock.getAsLong();
    var puts = new ArrayList<Map.Entry<byte[], byte[]>>(Math.min(dirty.size(), MOST_AT_ONCE));
    for (BookCell cell : dirty) {
      puts.add(Map.entry(cell.key().bytes(), bytes(cell.written(partition, now))));
      if (puts.size() == MOST_AT_ONCE) {
        store.putAll(puts);
        puts.clear();
      }
    }
    store.putAll(puts);
    dirty.clear();
  }

  private static byte[] bytes(GoldCell cell) {
    return Objects.requireNonNull(SERDE.serialize("", cell));
  }
}
