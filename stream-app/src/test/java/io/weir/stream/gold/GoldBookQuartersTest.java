package io.weir.stream.gold;

import static io.weir.stream.gold.BooksOnMaps.DAY;
import static io.weir.stream.gold.BooksOnMaps.QUARTER;
import static io.weir.stream.gold.BooksOnMaps.add;
import static io.weir.stream.gold.BooksOnMaps.country;
import static io.weir.stream.gold.BooksOnMaps.sessions;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cells of 15 minutes and their days. */
class GoldBookQuartersTest {
  private final BooksOnMaps books = new BooksOnMaps();

  private static GoldKey at(Grain grain, long start, String value) {
    return new GoldKey(Subject.EVENTS, grain, Dimension.DEVICE, false, start, value);
  }

  private static CellSums events(long count) {
    return new CellSums().add(Measure.EVENTS, count);
  }

  private long eventsOf(Grain grain, long start, String value) {
    return books.cell(at(grain, start, value)).getEvents();
  }

  @Test
  void quarters_addUpToTheirDay() {
    GoldBook book = books.open(10, 100);
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
    assertThat(books.stored(at(Grain.QUARTER, DAY - QUARTER, "phone"))).isNull();
    assertThat(eventsOf(Grain.DAY, DAY, "phone")).isEqualTo(24);
  }

  @Test
  void quarterOfTwoDays_countsOnBoth() {
    GoldBook book = books.open(10, 100);
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
    GoldBook book = books.open(1_000, 20);
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
    GoldBook book = books.open(10, 100);
    book.keepQuartersFrom(DAY);
    book.add(new Place(false, DAY, DAY), Breakdown.EVENTS_BY_PAGE, "/", events(1));
    book.flush();

    assertThat(books.store.entries).hasSize(1);
    assertThat(
            books
                .cell(new GoldKey(Subject.EVENTS, Grain.DAY, Dimension.PAGE, false, DAY, "/"))
                .getEvents())
        .isEqualTo(1);
  }

  /** Reading a history raises the floor for each of its days. */
  @Test
  void floorBeforeAllQuarters_writesNothing() {
    GoldBook book = books.open(10, 100);
    book.keepQuartersFrom(DAY - QUARTER);
    add(book, country("DE"), sessions(1));

    book.keepQuartersFrom(DAY);

    assertThat(books.store.writes).isZero();
    book.flush();
    assertThat(books.cell(country("DE")).getSessions()).isEqualTo(1);
  }
}
