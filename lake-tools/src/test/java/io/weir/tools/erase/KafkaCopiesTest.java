package io.weir.tools.erase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KafkaCopiesTest {
  @Test
  void rawTopicsOfOtherPrefixes_areNamed() {
    Set<String> names =
        Set.of("shop.raw", "shop.events", "rebuild.raw", "anew.raw", "rebuild.raw.rekeyed");

    assertThat(KafkaCopies.otherRaw(names, "shop")).containsExactly("anew.raw", "rebuild.raw");
  }

  @Test
  void topicsAreOwn_withThePrefixOrTheApplicationId_whichDiffersAfterASwitch() {
    List<String> own =
        Stream.of(
                "shop.identities",
                "anew-stream-gold-changelog",
                "shop-stream-gold-changelog",
                "shop2.identities",
                "anew-stream2-gold-changelog")
            .filter(each -> KafkaCopies.isOwn(each, "shop", "anew-stream"))
            .toList();

    assertThat(own).containsExactly("shop.identities", "anew-stream-gold-changelog");
  }
}
