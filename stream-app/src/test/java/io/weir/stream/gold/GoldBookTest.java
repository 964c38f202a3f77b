package io.weir.stream.gold;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoldBookTest {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();

  private static final long DAY = 1_772_323_200_000L;
  private static final long QUARTER = 900_000;
  private static final int PARTITION = 7;

  private final MapStore store = new MapStore();
  private final MapStore names = new MapStore();
  private long now = 1_000;

  private GoldBook book(int mostNames, int mostInMemory) {
    var rules = new GoldRules(ZoneOffset.UTC, Duration.ofDays(35), mostNames, mostInMemory);
    var book = new GoldBook(store, names, PARTITION, rules, () -> now);
    book.keepQuartersFrom(Long.MAX_VALUE);
    return book;
  }

  private static void add(GoldBook book, GoldKey key, CellSums difference) {
    book.addAs(place(key), breakdown(key), key.value(), difference);
  }

  private static String name(GoldBook book, GoldKey key) {
    return book.name(place(key), breakdown(key), key.value());
  }

  private static Place place(GoldKey key) {
    return new Place(key.isBot(), key.bucketStart(), key.bucketStart());
  }

  private static Breakdown breakdown(GoldKey key) {
    return Breakdown.of(key.subject(), key.dimension());
  }

  private static GoldKey country(String value) {
    return country(DAY, false, value);
  }

  private static GoldKey country(long day, boolean isBot, String value) {
    return new GoldKey(Subject.SESSIONS, Grain.DAY, Dimension.COUNTRY, isBot, day, value);
  }

  private static CellSums sessions(long count) {
    return new CellSums().add(Measure.SESSIONS, count);
  }

  private static CellSums revenue(String currency, String e4) {
    return new CellSums().addRevenue(currency, new BigInteger(e4));
  }

  private @Nullable GoldCell stored(GoldKey key) {
    return SERDE.deserialize("", store.get(key.bytes()));
  }

  private GoldCell cell(GoldKey key) {
    return requireNonNull(stored(key));
  }

  @Test
  void differences_areWrittenOnceAsASum() {
    GoldBook book = book(10, 100);
    for (int i = 0; i < 5; i++) {
      add(book, country("DE"), sessions(2).add(Measure.PAGE_VIEWS, 3));
    }
    assertThat(stored(country("DE"))).isNull();

    book.flush();
    book.flush();

    assertThat(store.writes).isEqualTo(1);
    GoldCell cell = cell(country("DE"));
    assertThat(cell.getSessions()).isEqualTo(10);
    assertThat(cell.getPageViews()).isEqualTo(15);
    assertThat(cell.getPartition()).isEqualTo(PARTITION);
    assertThat(GoldKey.global(cell)).isEqualTo(PARTITION + "|" + country("DE").text());
  }

  @Test
  void anotherBook_goesOnWhereTheStoreIs() {
    GoldBook first = book(10, 100);
    add(first, country("DE"), sessions(3));
    first.flush();
    // Never committed.
    add(first, country("DE"), sessions(100));

    GoldBook second = book(10, 100);
    add(second, country("DE"), sessions(-1));
    second.flush();

    assertThat(cell(country("DE")).getSessions()).isEqualTo(2);
  }

  @Test
  void version_risesThoughTheClockStandsOrGoesBack() {
    GoldBook book = book(10, 100);
    var versions = new ArrayList<Long>();
    for (long time : List.of(1_000L, 1_000L, 900L, 5_000L)) {
      now = time;
      add(book, country("DE"), sessions(1));
      book.flush();
      book = book(10, 100);
      versions.add(cell(country("DE")).getVersion());
    }

    assertThat(versions).containsExactly(1_000L, 1_001L, 1_002L, 5_000L);
  }

  @Test
  void cellThatBecameZero_isWrittenWithZeros() {
    GoldBook book = book(10, 100);
    add(book, country("DE"), sessions(1).addRevenue("EUR", BigInteger.TEN));
    book.flush();

    add(book, country("DE"), sessions(-1).addRevenue("EUR", BigInteger.TEN.negate()));
    book.flush();

    assertThat(cell(country("DE")).getSessions()).isZero();
    assertThat(cell(country("DE")).getRevenue()).isEmpty();
  }

  @Test
  void sumBelowZero_isKeptUntilItRises() {
    GoldBook book = book(10, 100);
    add(book, country("DE"), revenue("EUR", "-5"));
    book.flush();
    assertThat(cell(country("DE")).getRevenue()).isEqualTo(Map.of("EUR", "-0.0005"));

    book = book(10, 100);
    add(book, country("DE"), revenue("EUR", "12"));
    book.flush();

    assertThat(cell(country("DE")).getRevenue()).isEqualTo(Map.of("EUR", "0.0007"));
  }

  @Test
  void revenueBeyondLong_isExact() {
    GoldBook book = book(10, 100);
    for (int i = 0; i < 3; i++) {
      add(book, country("DE"), revenue("EUR", "9223372036854775807"));
      book.flush();
      book = book(10, 100);
    }
    add(book, country("DE"), revenue("JPY", "1000000"));
    book.flush();

    assertThat(cell(country("DE")).getRevenue())
        .isEqualTo(Map.of("EUR", "2767011611056432.7421", "JPY", "100"));
  }

  @Test
  void moreCellsThanFit_areWrittenAndFoundAgain() {
    GoldBook book = book(1_000, 10);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 25; i++) {
        add(book, country("C" + i), sessions(1));
      }
    }
    assertThat(store.writes).isGreaterThan(60);

    book.flush();

    assertThat(IntStream.range(0, 25).mapToLong(i -> cell(country("C" + i)).getSessions()))
        .containsOnly(3L);
  }

  @Test
  void currencies_takeMemoryToo() {
    GoldBook book = book(1_000, 10);
    for (int i = 0; i < 12; i++) {
      add(book, country("DE"), revenue("C" + i, "1"));
    }

    assertThat(store.writes).isPositive();
  }

  @Test
  void namesBeyondTheLimit_areOther() {
    GoldBook book = book(2, 100);

    assertThat(name(book, country("A"))).isEqualTo("A");
    assertThat(name(book, country("B"))).isEqualTo("B");
    assertThat(name(book, country("C"))).isEqualTo("(other)");
    assertThat(name(book, country("A"))).isEqualTo("A");
    assertThat(name(book, country(DAY, true, "C"))).as("another side").isEqualTo("C");
    assertThat(name(book, country(DAY + 86_400_000, false, "C"))).as("next day").isEqualTo("C");
  }

  @Test
  void namesBeyondTheLimit_areTheSameAfterARestart() {
    GoldBook first = book(2, 100);
    name(first, country("A"));
    name(first, country("B"));
    first.flush();

    GoldBook second = book(2, 100);

    assertThat(name(second, country("C"))).isEqualTo("(other)");
    assertThat(name(second, country("B"))).isEqualTo("B");
  }

  @Test
  void nameWhoseCellBecameZero_staysAName() {
    GoldBook book = book(1, 100);
    name(book, country("A"));
    add(book, country("A"), sessions(1));
    add(book, country("A"), sessions(-1));
    book.flush();
    book = book(1, 100);

    assertThat(name(book, country("A"))).isEqualTo("A");
    assertThat(name(book, country("B"))).isEqualTo("(other)");
  }

  /** Neither loses what another has added to the same quarter of an hour. */
  @Test
  void valuesBeyondTheLimit_addUp() {
    GoldBook book = book(1, 100);
    book.keepQuartersFrom(Long.MIN_VALUE);
    for (String value : List.of("A", "B", "C", "D")) {
      GoldKey key = country(value);
      book.add(place(key), breakdown(key), value, sessions(1));
    }
    book.flush();

    GoldKey other =
        new GoldKey(Subject.SESSIONS, Grain.QUARTER, Dimension.COUNTRY, false, DAY, "(other)");
    assertThat(cell(other).getSessions()).isEqualTo(3);
    assertThat(cell(country("(other)")).getSessions()).isEqualTo(3);
  }

  private static GoldKey at(Grain grain, long start, String value) {
    return new GoldKey(Subject.EVENTS, grain, Dimension.DEVICE, false, start, value);
  }

  private static CellSums events(long count) {
    return new CellSums().add(Measure.EVENTS, count);
  }

  private long eventsOf(Grain grain, long start, String value) {
    return cell(at(grain, start, value)).getEvents();
  }

  @Test
  void quarters_addUpToTheirDay() {
    GoldBook book = book(10, 100);
    book.keepQuartersFrom(DAY);
    for (int round = 1; round <= 2; round++) {
      book.add(new Place(false, DAY, DAY), Breakdown.EVENTS_BY_DEVICE, "phone", events(3));
      book.add(
          new Place(false, DAY + QUARTER, DAY), Breakdown.EVENTS_BY_DEVICE, "phone", events(4));
      book.flush();
    }
    book.addAs(
        new Place(false, DAY - QUARTER, DAY), Breakdown.EVENTS_BY_DEVICE, "phone", events(10));
    book.flush();

    assertThat(eventsOf(Grain.QUARTER, DAY, "phone")).isEqualTo(6);
    assertThat(eventsOf(Grain.QUARTER, DAY + QUARTER, "phone")).isEqualTo(8);
    assertThat(stored(at(Grain.QUARTER, DAY - QUARTER, "phone"))).isNull();
    assertThat(eventsOf(Grain.DAY, DAY, "phone")).isEqualTo(24);
  }

  @Test
  void quarterOfTwoDays_countsOnBoth() {
    GoldBook book = book(10, 100);
    book.keepQuartersFrom(DAY);
    book.add(new Place(false, DAY, DAY - 300_000), Breakdown.EVENTS_BY_DEVICE, "phone", events(1));
    book.add(new Place(false, DAY, DAY + 300_000), Breakdown.EVENTS_BY_DEVICE, "phone", events(2));
    book.add(new Place(false, DAY, DAY - 300_000), Breakdown.EVENTS_BY_DEVICE, "phone", events(4));
    book.flush();

    assertThat(eventsOf(Grain.QUARTER, DAY, "phone")).isEqualTo(7);
    assertThat(eventsOf(Grain.DAY, DAY - 300_000, "phone")).isEqualTo(5);
    assertThat(eventsOf(Grain.DAY, DAY + 300_000, "phone")).isEqualTo(2);
  }

  @Test
  void quartersBeyondTheMemory_areWrittenAndFoundAgain() {
    GoldBook book = book(1_000, 20);
    book.keepQuartersFrom(DAY);
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 30; i++) {
        book.add(
            new Place(false, DAY + i % 3 * QUARTER, DAY),
            Breakdown.EVENTS_BY_DEVICE,
            "d" + i,
            events(1));
      }
    }
    book.flush();

    assertThat(IntStream.range(0, 30).mapToLong(i -> eventsOf(Grain.DAY, DAY, "d" + i)))
        .containsOnly(4L);
    assertThat(
            IntStream.range(0, 30)
                .mapToLong(i -> eventsOf(Grain.QUARTER, DAY + i % 3 * QUARTER, "d" + i)))
        .containsOnly(4L);
  }

  @Test
  void pages_haveDaysOnly() {
    GoldBook book = book(10, 100);
    book.keepQuartersFrom(DAY);
    book.add(new Place(false, DAY, DAY), Breakdown.EVENTS_BY_PAGE, "/", events(1));
    book.flush();

    assertThat(store.entries).hasSize(1);
    assertThat(
            cell(new GoldKey(Subject.EVENTS, Grain.DAY, Dimension.PAGE, false, DAY, "/"))
                .getEvents())
        .isEqualTo(1);
  }

  @Test
  void progress_isOneCellThatNamesTheZone() {
    GoldBook book = book(1, 100);
    book.writeProgress(ZoneOffset.UTC, 900_000);
    book.writeProgress(ZoneOffset.UTC, 1_800_000);

    assertThat(store.entries).hasSize(1);
    GoldCell cell =
        requireNonNull(SERDE.deserialize("", store.get("progress|day||h|0062135596800000|Z")));
    assertThat(cell.getSettledUntil()).isEqualTo(1_800_000);
    assertThat(cell.getVersion()).isEqualTo(1_001);
    assertThat(cell.getValue()).isEqualTo("Z");
    assertThat(new TreeMap<>(cell.getRevenue())).isEmpty();
  }

  /** Reading a history raises the floor for each of its days. */
  @Test
  void floorBeforeAllQuarters_writesNothing() {
    GoldBook book = book(10, 100);
    book.keepQuartersFrom(DAY - QUARTER);
    add(book, country("DE"), sessions(1));

    book.keepQuartersFrom(DAY);

    assertThat(store.writes).isZero();
    book.flush();
    assertThat(cell(country("DE")).getSessions()).isEqualTo(1);
  }
}
