package io.weir.stream.processor.visitors;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.session.visitor.VisitorState;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CachedVisitorsTest {
  private static final long SIZE = 1_000;

  private final CachedVisitors visitors = new CachedVisitors();

  private VisitorEntry added(String visitor) {
    var entry = VisitorEntry.ofStored(visitor, new VisitorState());
    entry.size = SIZE;
    visitors.add(entry);
    return entry;
  }

  private VisitorEntry removedNext() {
    VisitorEntry next = Objects.requireNonNull(visitors.next(null));
    visitors.remove(next);
    return next;
  }

  @Test
  void newcomersNobodyAskedForAgain_goInTheOrderTheyCame() {
    VisitorEntry first = added("a");
    VisitorEntry second = added("b");
    added("c");

    assertThat(removedNext()).isSameAs(first);
    assertThat(removedNext()).isSameAs(second);
    assertThat(visitors.peek("a")).isNull();
    assertThat(visitors.peek("c")).isNotNull();
    assertThat(visitors.bytes()).isEqualTo(SIZE);
  }

  @Test
  void visitorAskedForAgain_outlivesAFloodOfNewcomers() {
    VisitorEntry regular = added("regular");
    visitors.use("regular");

    for (int i = 0; i < 100; i++) {
      added("passer-by " + i);
      assertThat(removedNext()).isNotSameAs(regular);
    }

    assertThat(visitors.peek("regular")).isSameAs(regular);
  }

  @Test
  void regularNobodyAsksForAnyMore_goesWhenNewcomersAreFew() {
    VisitorEntry regular = added("regular");
    visitors.use("regular");
    for (int i = 0; i < 20; i++) {
      added("busy " + i);
      visitors.use("busy " + i);
    }

    assertThat(removedNext()).isSameAs(regular);
  }

  @Test
  void entryInUse_neverGoes() {
    VisitorEntry other = added("other");
    VisitorEntry inUse = added("in use");

    assertThat(visitors.next(inUse)).isSameAs(other);
    visitors.remove(other);
    assertThat(visitors.next(inUse)).isNull();
    assertThat(visitors.next(null)).isSameAs(inUse);
  }

  @Test
  void regularInUse_isPassedBy() {
    VisitorEntry regular = added("regular");
    visitors.use("regular");
    added("passer-by");
    removedNext();
    VisitorEntry newcomer = added("newcomer");
    newcomer.size = 0;

    assertThat(visitors.next(regular)).isSameAs(newcomer);
  }

  @Test
  void peek_isNoUse() {
    VisitorEntry first = added("a");
    added("b");

    visitors.peek("a");

    assertThat(removedNext()).isSameAs(first);
  }
}
