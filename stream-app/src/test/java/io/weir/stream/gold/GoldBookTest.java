package io.weir.stream.gold;

import static io.weir.stream.gold.BooksOnMaps.PARTITION;
import static io.weir.stream.gold.BooksOnMaps.SERDE;
import static io.weir.stream.gold.BooksOnMaps.add;
import static io.weir.stream.gold.BooksOnMaps.country;
import static io.weir.stream.gold.BooksOnMaps.revenue;
import static io.weir.stream.gold.BooksOnMaps.sessions;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey;
import io.weir.contract.avro.GoldCell;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoldBookTest {
  private final BooksOnMaps books = new BooksOnMaps();

  @Test
  void differences_areWrittenOnceAsASum() {
    GoldBook book = books.open(10, 100);
    for (int i = 0; i < 5; i++) {
      add(book, country("DE"), sessions(2).add(Measure.PAGE_VIEWS, 3));
    }
    assertThat(books.stored(country("DE"))).isNull();

    book.flush();
    book.flush();

    assertThat(books.store.writes).isEqualTo(1);
    GoldCell cell = books.cell(country("DE"));
    assertThat(cell.getSessions()).isEqualTo(10);
    assertThat(cell.getPageViews()).isEqualTo(15);
    assertThat(cell.getPartition()).isEqualTo(PARTITION);
    assertThat(GoldKey.global(cell)).isEqualTo(PARTITION + "|" + country("DE").text());
  }

  @Test
  void anotherBook_goesOnWhereTheStoreIs() {
    GoldBook first = books.open(10, 100);
    add(first, country("DE"), sessions(3));
    first.flush();
    // Never committed.
    add(first, country("DE"), sessions(100));

    GoldBook second = books.open(10, 100);
    add(second, country("DE"), sessions(-1));
    second.flush();

    assertThat(books.cell(country("DE")).getSessions()).isEqualTo(2);
  }

  @Test
  void version_risesThoughTheClockStandsOrGoesBack() {
    GoldBook book = books.open(10, 100);
    var versions = new ArrayList<Long>();
    for (long time : List.of(1_000L, 1_000L, 900L, 5_000L)) {
      books.now = time;
      add(book, country("DE"), sessions(1));
      book.flush();
      book = books.open(10, 100);
      versions.add(books.cell(country("DE")).getVersion());
    }

    assertThat(versions).containsExactly(1_000L, 1_001L, 1_002L, 5_000L);
  }

  @Test
  void cellThatBecameZero_isWrittenWithZeros() {
    GoldBook book = books.open(10, 100);
    add(book, country("DE"), sessions(1).addRevenue("EUR", BigInteger.TEN));
    book.flush();

    add(book, country("DE"), sessions(-1).addRevenue("EUR", BigInteger.TEN.negate()));
    book.flush();

    assertThat(books.cell(country("DE")).getSessions()).isZero();
    assertThat(books.cell(country("DE")).getRevenue()).isEmpty();
  }

  @Test
  void sumBelowZero_isKeptUntilItRises() {
    GoldBook book = books.open(10, 100);
    add(book, country("DE"), revenue("EUR", "-5"));
    book.flush();
    assertThat(books.cell(country("DE")).getRevenue()).isEqualTo(Map.of("EUR", "-0.0005"));

    book = books.open(10, 100);
    add(book, country("DE"), revenue("EUR", "12"));
    book.flush();

    assertThat(books.cell(country("DE")).getRevenue()).isEqualTo(Map.of("EUR", "0.0007"));
  }

  @Test
  void revenueBeyondLong_isExact() {
    GoldBook book = books.open(10, 100);
    for (int i = 0; i < 3; i++) {
      add(book, country("DE"), revenue("EUR", "9223372036854775807"));
      book.flush();
      book = books.open(10, 100);
    }
    add(book, country("DE"), revenue("JPY", "1000000"));
    book.flush();

    assertThat(books.cell(country("DE")).getRevenue())
        .isEqualTo(Map.of("EUR", "2767011611056432.7421", "JPY", "100"));
  }

  @Test
  void moreCellsThanFit_areWrittenAndFoundAgain() {
    GoldBook book = books.open(1_000, 10);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 25; i++) {
        add(book, country("C" + i), sessions(1));
      }
    }
    assertThat(books.store.writes).isGreaterThan(60);

    book.flush();

    assertThat(IntStream.range(0, 25).mapToLong(i -> books.cell(country("C" + i)).getSessions()))
        .containsOnly(3L);
  }

  @Test
  void currencies_takeMemoryToo() {
    GoldBook book = books.open(1_000, 10);
    for (int i = 0; i < 12; i++) {
      add(book, country("DE"), revenue("C" + i, "1"));
    }

    assertThat(books.store.writes).isPositive();
  }

  @Test
  void progress_isOneCellThatNamesTheZone() {
    GoldBook book = books.open(1, 100);
    book.writeProgress(ZoneOffset.UTC, 900_000);
    book.writeProgress(ZoneOffset.UTC, 1_800_000);

    assertThat(books.store.entries).hasSize(1);
    GoldCell cell =
        requireNonNull(
            SERDE.deserialize("", books.store.get("progress|day||h|0062135596800000|Z")));
    assertThat(cell.getSettledUntil()).isEqualTo(1_800_000);
    assertThat(cell.getVersion()).isEqualTo(1_001);
    assertThat(cell.getValue()).isEqualTo("Z");
    assertThat(new TreeMap<>(cell.getRevenue())).isEmpty();
  }
}
