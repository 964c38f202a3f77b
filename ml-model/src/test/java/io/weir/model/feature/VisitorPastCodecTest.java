package io.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VisitorPastCodecTest {
  private static final List<String> TYPES =
      List.of("page_view", "product_view", "search", "purchase", "ad_impression", "ad_click", "x");
  private static final ClickRates.Seen RATES = new ClickRates.Seen(0.5f, 0.25f, 0.125f);

  @Test
  void pastThatIsStoredAfterEachEvent_givesTheSameVectors() {
    var random = new Random(1);
    var past = new VisitorPast();
    byte[] stored = VisitorPastCodec.write(past);
    long time = 1_770_000_000_000L;
    for (int number = 0; number < 2_000; number++) {
      time += random.nextInt(5) == 0 ? -5_000 : random.nextInt(10 * 60_000) * 5L;
      VisitorEvent event = event(random, time);
      VisitorPast read = VisitorPastCodec.read(stored);

      assertThat(ClickFeatures.of(read, event, RATES))
          .isEqualTo(ClickFeatures.of(past, event, RATES));

      past.add(event);
      read.add(event);
      stored = VisitorPastCodec.write(read);
      assertThat(stored).isEqualTo(VisitorPastCodec.write(past)).hasSizeLessThan(1_000);
    }
  }

  private static VisitorEvent event(Random random, long time) {
    String type = TYPES.get(random.nextInt(TYPES.size()));
    String referrer = List.of("search", "social", "never-heard-of").get(random.nextInt(3));
    String medium = random.nextBoolean() ? "cpc".repeat(1 + random.nextInt(2)) : null;
    return new VisitorEvent(
        type,
        time,
        "ad-" + random.nextInt(2 * VisitorPast.MOST_ADS),
        "2",
        "/",
        "mobile",
        null,
        null,
        null,
        random.nextInt(4) == 0 ? null : referrer,
        medium,
        random.nextBoolean());
  }

  @Test
  void bytesOfAnotherVersion_areAVisitorWithoutAnyEvent() {
    var past = new VisitorPast();
    past.add(event(new Random(2), 1_770_000_000_000L));
    byte[] other = VisitorPastCodec.write(past);
    other[0]++;

    assertThat(VisitorPastCodec.read(other).sessions()).isZero();
    assertThat(VisitorPastCodec.read(new byte[0]).sessions()).isZero();
  }
}
