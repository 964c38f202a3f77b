package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.AdPlaceCounts;
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
    var in = new ByteReader(bytes(ads));
    AdClicks read = AdClicks.read(in);
    read.readPlaces(in);
    assertThat(in.isAtEnd()).isTrue();
    return read;
  }

  private static byte[] bytes(AdClicks ads) {
    var out = new ByteWriter(64);
    ads.write(out);
    ads.writePlaces(out);
    return out.toBytes();
  }

  private static int matched(List<AdPlaceCounts> places) {
    return places.stream().mapToInt(AdPlaceCounts::getMatchedClicks).sum();
  }

  private int matched() {
    return row(ads).getMatchedClicks();
  }

  @Test
  void clickWithinThirtyMinutes_matches() {
    ads.add(IMPRESSION, "a", "/p", 0);
    ads.add(CLICK, "a", "/p", 30 * MINUTE);

    assertThat(matched()).isEqualTo(1);
  }

  @Test
  void clickAfterThirtyMinutes_doesNotMatch() {
    ads.add(IMPRESSION, "a", "/p", 0);
    ads.add(CLICK, "a", "/p", 30 * MINUTE + 1);

    assertThat(matched()).isZero();
  }

  @Test
  void impression_matchesOnce() {
    ads.add(IMPRESSION, "a", "/p", 0);
    ads.add(CLICK, "a", "/p", 1);
    ads.add(CLICK, "a", "/p", 2);

    assertThat(row(ads).getAds()).containsExactly(new AdCounts("a", 1, 2, 1));
  }

  /** The click at 20 takes the impression at 19, so the one at 1 is too old for the other click. */
  @Test
  void click_takesTheLatestImpression() {
    ads.add(IMPRESSION, "a", "/p", MINUTE);
    ads.add(IMPRESSION, "a", "/p", 19 * MINUTE);
    ads.add(CLICK, "a", "/p", 20 * MINUTE);
    ads.add(CLICK, "a", "/p", 40 * MINUTE);

    assertThat(matched()).isEqualTo(1);
  }

  @Test
  void clickOnAnotherAdOrBeforeTheImpression_doesNotMatch() {
    ads.add(CLICK, "a", "/p", 1);
    ads.add(IMPRESSION, "a", "/p", 2);
    ads.add(CLICK, "b", "/p", 3);

    assertThat(matched()).isZero();
  }

  @Test
  void equalTimes_areAnImpressionThenAClick() {
    ads.add(CLICK, "a", "/p", 5);
    ads.add(IMPRESSION, "a", "/p", 5);

    assertThat(matched()).isEqualTo(1);
  }

  @Test
  void eventsWithoutAnAd_countAndMatchNothing() {
    ads.add(IMPRESSION, null, "/p", 0);
    ads.add(CLICK, null, "/p", 1);
    ads.add(CLICK, "", "/p", 1);

    assertThat(row(ads).getAds()).containsExactly(new AdCounts("", 1, 2, 0));
  }

  /** The click is on another page, at another position: the match is the impression's. */
  @Test
  void matchedClick_countsWhereItsImpressionWas() {
    ads.add(IMPRESSION, "a\0top", "/home", 1);
    ads.add(IMPRESSION, "a\0side", "/news", 2);
    ads.add(CLICK, "a", "/elsewhere", 3);

    assertThat(row(ads).getAdPages())
        .containsExactly(
            new AdPlaceCounts("/elsewhere", 0, 1, 0),
            new AdPlaceCounts("/home", 1, 0, 0),
            new AdPlaceCounts("/news", 1, 0, 1));
    assertThat(row(ads).getAdPositions())
        .containsExactly(
            new AdPlaceCounts("", 0, 1, 0),
            new AdPlaceCounts("side", 1, 0, 1),
            new AdPlaceCounts("top", 1, 0, 0));
    assertThat(row(ads).getAds()).containsExactly(new AdCounts("a", 2, 1, 1));
  }

  /** A click matches the impression with the last page of those in the same millisecond. */
  @Test
  void impressionsOfEqualTimes_areMatchedByTheirPlaceInAnyOrder() {
    var other = new AdClicks();
    ads.add(IMPRESSION, "a", "/1", 1);
    ads.add(IMPRESSION, "a", "/2", 1);
    other.add(IMPRESSION, "a", "/2", 1);
    other.add(IMPRESSION, "a", "/1", 1);
    ads.add(CLICK, "a", null, 2);
    other.add(CLICK, "a", null, 2);

    assertThat(row(other)).isEqualTo(row(ads));
  }

  /** An earlier version stored no places: what it counted is where nobody knows. */
  @Test
  void eventsOfAnEarlierVersion_haveNoPlace() {
    ads.add(IMPRESSION, "a\0top", "/home", 1);
    ads.add(IMPRESSION, null, "/home", 1);
    var out = new ByteWriter(64);
    ads.write(out);
    AdClicks earlier = AdClicks.read(new ByteReader(out.toBytes()));
    earlier.forgetPlaces();
    earlier.add(CLICK, "a", "/home", 2);

    assertThat(row(earlier).getAdPages())
        .containsExactly(new AdPlaceCounts("", 2, 0, 1), new AdPlaceCounts("/home", 0, 1, 0));
    assertThat(row(earlier).getAdPositions()).containsExactly(new AdPlaceCounts("", 2, 1, 1));
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
          ad += random.nextBoolean() ? "" : "\0" + random.nextInt(2 * AdNames.MOST);
          String page = "/page " + random.nextInt(3 * AdNames.MOST);
          long time = random.nextLong(300 * MINUTE);
          one.add(type, ad, page, time);
          all.add(type, ad, page, time);
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
      assertThat(row(all).getAdPages()).hasSize(AdNames.MOST + 1);
      assertThat(row(all).getAdPositions()).hasSize(AdNames.MOST + 1);
      assertThat(matched(row(all).getAdPages())).isEqualTo(row(all).getMatchedClicks());
      assertThat(matched(row(all).getAdPositions())).isEqualTo(row(all).getMatchedClicks());
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
      String page = "/page " + random.nextInt(5);
      all.add(type, "a\0top", page, time);
      var next = new AdClicks();
      next.add(type, "a\0top", page, time);
      folded.addAll(next);
      if (i % 500 == 0) {
        folded = stored(folded);
      }
    }

    assertThat(row(folded)).isEqualTo(row(all));
    assertThat(bytes(folded)).hasSizeLessThan(6 * AdEvents.MOST);
    assertThat(row(all).getMatchedClicks()).isGreaterThan(3_000);
  }

  @Test
  void sessionWithoutAds_hasNone() {
    assertThat(row(stored(ads)).getAds()).isEqualTo(List.of());
    assertThat(bytes(ads)).hasSizeLessThan(12);
  }
}
