package io.weir.tools.erase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KafkaCopiesTest {
  @Test
  void rawTopicsOfOtherPrefixes_areNamed() {
    Set<String> names =
        Set.of("shop.raw", "shop.events", "rebuild.raw", "anew.raw", "rebuild.raw.rekeyed");

    assertThat(KafkaCopies.otherRaw(names, "shop")).containsExactly("anew.raw", "rebuild.raw");
  }
}
