package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.TouchType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdClicksTest {
  private static final long MINUTE = 60_000;
  private static final int IMPRESSION = TouchType.AD_IMPRESSION.code();
  private static final int CLICK = TouchType.AD_CLICK.code();

  private final AdClicks ads = new AdClicks();

  private static Session row(AdClicks ads) {
    var row = new Session();
    ads.fill(row);
    return row;
  }

  private static AdClicks stored(AdClicks ads) {
    return AdClicks.read(new ByteReader(bytes(ads)));
  }

  private static byte[] bytes(AdClicks ads) {
    var out = new ByteWriter(64);
    ads.write(out);
    return out.toBytes();
  }

  private int matched() {
    return row(ads).getMatchedClicks();
  }

  @Test
  void clickWithinThirtyMinutes_matches() {
    ads.add(IMPRESSION, "a", 0);
    ads.add(CLICK, "a", 30 * MINUTE);

    assertThat(matched()).isEqualTo(1);
  }

  @Test
  void clickAfterThirtyMinutes_doesNotMatch() {
    ads.add(IMPRESSION, "a", 0);
    ads.add(CLICK, "a", 30 * MINUTE + 1);

    assertThat(matched()).isZero();
  }

  @Test
  void impression_matchesOnce() {
    ads.add(IMPRESSION, "a", 0);
    ads.add(CLICK, "a", 1);
    ads.add(CLICK, "a", 2);

    assertThat(row(ads).getAds()).containsExactly(new AdCounts("a", 1, 2, 1));
  }

  /** The click at 20 takes the impression at 19, so the one at 1 is too old for the other click. */
  @Test
  void click_takesTheLatestImpression() {
    ads.add(IMPRESSION, "a", MINUTE);
    ads.add(IMPRESSION, "a", 19 * MINUTE);
    ads.add(CLICK, "a", 20 * MINUTE);
    ads.add(CLICK, "a", 40 * MINUTE);

    assertThat(matched()).isEqualTo(1);
  }

  @Test
  void clickOnAnotherAdOrBeforeTheImpression_doesNotMatch() {
    ads.add(CLICK, "a", 1);
    ads.add(IMPRESSION, "a", 2);
    ads.add(CLICK, "b", 3);

    assertThat(matched()).isZero();
  }

  @Test
  void equalTimes_areAnImpressionThenAClick() {
    ads.add(CLICK, "a", 5);
    ads.add(IMPRESSION, "a", 5);

    assertThat(matched()).isEqualTo(1);
  }

  @Test
  void eventsWithoutAnAd_countAndMatchNothing() {
    ads.add(IMPRESSION, null, 0);
    ads.add(CLICK, null, 1);
    ads.add(CLICK, "", 1);

    assertThat(row(ads).getAds()).containsExactly(new AdCounts("", 1, 2, 0));
  }

  /** Parts that were stored and joined in any order have the same row as all events together. */
  @Test
  void manyAds_areTheSameInAnyOrder() {
    var random = new Random(3);
    for (int i = 0; i < 20; i++) {
      var parts = new ArrayList<AdClicks>();
      var all = new AdClicks();
      for (int part = 0; part < 8; part++) {
        var one = new AdClicks();
        for (int event = 0; event < 200; event++) {
          int type = random.nextBoolean() ? CLICK : IMPRESSION;
          String ad = "ad" + random.nextInt(3 * AdClicks.MOST);
          long time = random.nextLong(300 * MINUTE);
          one.add(type, ad, time);
          all.add(type, ad, time);
        }
        parts.add(stored(one));
      }
      Collections.shuffle(parts, random);
      var joined = new AdClicks();
      parts.forEach(joined::addAll);

      assertThat(row(stored(joined))).isEqualTo(row(all));
      assertThat(row(all).getAds())
          .hasSize(AdClicks.MOST + 1)
          .last()
          .extracting(AdCounts::getAdId)
          .isEqualTo(AdClicks.OTHER);
    }
  }

  /** Older events are matched for good, which changes nothing for events that come in order. */
  @Test
  void manyEventsInOrder_takeFewBytesAndAreExact() {
    var random = new Random(4);
    var all = new AdClicks();
    var folded = new AdClicks();
    long time = 0;
    for (int i = 0; i < 20_000; i++) {
      int type = random.nextInt(3) == 0 ? CLICK : IMPRESSION;
      time += random.nextLong(2 * MINUTE);
      all.add(type, "a", time);
      var next = new AdClicks();
      next.add(type, "a", time);
      folded.addAll(next);
      if (i % 500 == 0) {
        folded = stored(folded);
      }
    }

    assertThat(row(folded)).isEqualTo(row(all));
    assertThat(bytes(folded)).hasSizeLessThan(5 * AdEvents.MOST);
    assertThat(row(all).getMatchedClicks()).isGreaterThan(3_000);
  }

  @Test
  void sessionWithoutAds_hasNone() {
    assertThat(row(stored(ads)).getAds()).isEqualTo(List.of());
    assertThat(bytes(ads)).hasSizeLessThan(10);
  }
}
