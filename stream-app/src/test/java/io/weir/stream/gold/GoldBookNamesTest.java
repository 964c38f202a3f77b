package io.weir.stream.gold;

import static io.weir.stream.gold.BooksOnMaps.DAY;
import static io.weir.stream.gold.BooksOnMaps.add;
import static io.weir.stream.gold.BooksOnMaps.breakdown;
import static io.weir.stream.gold.BooksOnMaps.country;
import static io.weir.stream.gold.BooksOnMaps.name;
import static io.weir.stream.gold.BooksOnMaps.place;
import static io.weir.stream.gold.BooksOnMaps.sessions;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which values of a dimension have cells of their own. */
class GoldBookNamesTest {
  private final BooksOnMaps books = new BooksOnMaps();

  @Test
  void namesBeyondTheLimit_areOther() {
    GoldBook book = books.open(2, 100);

    assertThat(name(book, country("A"))).isEqualTo("A");
    assertThat(name(book, country("B"))).isEqualTo("B");
    assertThat(name(book, country("C"))).isEqualTo("(other)");
    assertThat(name(book, country("A"))).isEqualTo("A");
    assertThat(name(book, country(DAY, true, "C"))).as("another side").isEqualTo("C");
    assertThat(name(book, country(DAY + 86_400_000, false, "C"))).as("next day").isEqualTo("C");
  }

  @Test
  void namesBeyondTheLimit_areTheSameAfterARestart() {
    GoldBook first = books.open(2, 100);
    name(first, country("A"));
    name(first, country("B"));
    first.flush();

    GoldBook second = books.open(2, 100);

    assertThat(name(second, country("C"))).isEqualTo("(other)");
    assertThat(name(second, country("B"))).isEqualTo("B");
  }

  @Test
  void nameWhoseCellBecameZero_staysAName() {
    GoldBook book = books.open(1, 100);
    name(book, country("A"));
    add(book, country("A"), sessions(1));
    add(book, country("A"), sessions(-1));
    book.flush();
    book = books.open(1, 100);

    assertThat(name(book, country("A"))).isEqualTo("A");
    assertThat(name(book, country("B"))).isEqualTo("(other)");
  }

  /** Neither loses what another has added to the same quarter of an hour. */
  @Test
  void valuesBeyondTheLimit_addUp() {
    GoldBook book = books.open(1, 100);
    book.keepQuartersFrom(Long.MIN_VALUE);
    for (String value : List.of("A", "B", "C", "D")) {
      GoldKey key = country(value);
      book.add(place(key), breakdown(key), value, sessions(1));
    }
    book.flush();

    GoldKey other =
        new GoldKey(Subject.SESSIONS, Grain.QUARTER, Dimension.COUNTRY, false, DAY, "(other)");
    assertThat(books.cell(other).getSessions()).isEqualTo(3);
    assertThat(books.cell(country("(other)")).getSessions()).isEqualTo(3);
  }
}
