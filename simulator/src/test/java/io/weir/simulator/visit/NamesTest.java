package io.weir.simulator.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names = new Names(5);

  @Test
  void visitors_areAllDifferent() {
    var seen = new HashSet<String>();

    for (int i = 0; i < 50_000; i++) {
      assertThat(seen.add(names.visitor(i))).isTrue();
      assertThat(seen.add(names.visitor(Names.bot(i)))).isTrue();
    }
  }

  @Test
  void users_areSometimesTwoVisitors() {
    var visitorsPerUser = new HashMap<String, Integer>();
    for (int i = 0; i < 20_000; i++) {
      if (names.hasUser(i)) {
        visitorsPerUser.merge(names.user(i), 1, Integer::sum);
      }
    }

    assertThat(visitorsPerUser.values()).contains(1, 2).allMatch(count -> count <= 2);
  }

  @Test
  void bots_haveNoUser() {
    assertThat(names.isBot(Names.bot(3))).isTrue();
    assertThat(names.hasUser(Names.bot(3))).isFalse();
  }
}
