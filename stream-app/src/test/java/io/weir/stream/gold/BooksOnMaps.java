package io.weir.stream.gold;

import static java.util.Objects.requireNonNull;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Stores in memory, the books of gold that tests open on them, and shorthand for keys and sums. */
final class BooksOnMaps {
  static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();
  static final long DAY = 1_772_323_200_000L;
  static final long QUARTER = 900_000;
  static final int PARTITION = 7;

  final MapStore store = new MapStore();
  private final MapStore names = new MapStore();
  long now = 1_000;

  GoldBook open(int mostNames, int mostInMemory) {
    var rules = new GoldRules(ZoneOffset.UTC, Duration.ofDays(35), mostNames, mostInMemory);
    var book = new GoldBook(store, names, PARTITION, rules, () -> now);
    book.keepQuartersFrom(Long.MAX_VALUE);
    return book;
  }

  static void add(GoldBook book, GoldKey key, CellSums difference) {
    book.addAs(place(key), breakdown(key), key.value(), difference);
  }

  static String name(GoldBook book, GoldKey key) {
    return book.name(place(key), breakdown(key), key.value());
  }

  static Place place(GoldKey key) {
    return new Place(key.isBot(), key.bucketStart(), key.bucketStart());
  }

  static Breakdown breakdown(GoldKey key) {
    return Breakdown.of(key.subject(), key.dimension());
  }

  static GoldKey country(String value) {
    return country(DAY, false, value);
  }

  static GoldKey country(long day, boolean isBot, String value) {
    return new GoldKey(Subject.SESSIONS, Grain.DAY, Dimension.COUNTRY, isBot, day, value);
  }

  static CellSums sessions(long count) {
    return new CellSums().add(Measure.SESSIONS, count);
  }

  static CellSums revenue(String currency, String e4) {
    return new CellSums().addRevenue(currency, new BigInteger(e4));
  }

  @Nullable GoldCell stored(GoldKey key) {
    return SERDE.deserialize("", store.get(key.bytes()));
  }

  GoldCell cell(GoldKey key) {
    return requireNonNull(stored(key));
  }
}
