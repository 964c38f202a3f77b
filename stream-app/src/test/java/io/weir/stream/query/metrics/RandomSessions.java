package io.weir.stream.query.metrics;

import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.testkit.TestSessions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random sessions with hostile texts, large amounts and long durations; the same in each run. */
final class RandomSessions {
  private static final String EURO = "\u20ac";

  /** The last but one has 513 bytes, and the last 512 of other characters: both are cut or kept. */
  static final String[] HOSTILE = {
    "DE",
    "FR",
    "it's \"quoted\"; DROP TABLE gold.cells --",
    "$1 ? {} \\",
    "\ud83d\ude00",
    "",
    "x" + EURO.repeat(300),
    "xx" + EURO.repeat(170) + "y",
    "xx" + EURO.repeat(170)
  };

  static final List<Session> SESSIONS = sessions();

  private RandomSessions() {}

  private static List<Session> sessions() {
    var random = new Random(20_260_325);
    var sessions = new ArrayList<Session>();
    for (int i = 0; i < 900; i++) {
      sessions.add(session(random, "v" + random.nextInt(i % 2 == 0 ? 60 : 600), i));
    }
    return sessions;
  }

  static Session session(Random random, String visitor, int number) {
    long start = Instant.parse("2026-03-17T23:00:00Z").toEpochMilli();
    // Some begin at midnight.
    start +=
        random.nextInt(10) == 0
            ? random.nextInt(15) * Cells.DAY_MS
            : random.nextInt(15 * 1440) * 60_000L + random.nextInt(60_000);
    long duration =
        random.nextInt(8) == 0 ? random.nextLong(2 * Cells.DAY_MS) : random.nextLong(3_600_000);
    boolean isConverted = random.nextInt(4) == 0;
    int carts = random.nextInt(3);
    return TestSessions.session(visitor, number)
        .setVisitorSessionNumber(1 + random.nextInt(3))
        .setStartTime(start)
        .setEndTime(start + duration)
        .setDurationMs(duration)
        .setIsBot(random.nextInt(5) == 0)
        .setEvents(1 + random.nextInt(9))
        .setPageViews(random.nextInt(5))
        .setProductViews(random.nextInt(4))
        .setSearches(random.nextInt(3))
        .setAdImpressions(random.nextInt(4))
        .setAdClicks(random.nextInt(3))
        .setMatchedClicks(random.nextInt(2))
        .setAddToCarts(carts)
        .setRemoveFromCarts(random.nextInt(2))
        .setCheckouts(random.nextInt(2))
        .setPurchases(isConverted ? 1 : 0)
        .setRefunds(random.nextInt(2))
        .setLateEvents(random.nextInt(2))
        .setIsBounce(random.nextInt(3) == 0)
        .setIsConverted(isConverted)
        .setIsCartAbandoned(carts > 0 && !isConverted)
        .setCountry(text(random))
        .setEngagedMs(start % 7 * 10_000)
        .setIsEngaged(start % 7 > 2)
        .setDevice(random.nextBoolean() ? "mobile" : "desktop")
        .setBrowser(text(random))
        .setOs(text(random))
        .setCity(text(random))
        .setCampaignName(text(random))
        .setCampaignSource(text(random))
        .setCampaignMedium(text(random))
        .setReferrerClass(text(random))
        .setEntryPage(text(random))
        .setAppId(text(random))
        .setExitPage(text(random))
        .setRevenueE4(isConverted ? money(random) : Map.of())
        .setRefundedE4(random.nextInt(5) == 0 ? money(random) : Map.of())
        .setGoals(
            random.nextInt(3) == 0
                ? List.of(new GoalCounts("a", 2, money(random)), new GoalCounts("b", 1, Map.of()))
                : List.of())
        .build();
  }

  /** What gold keeps of a text: whole characters of at most 512 bytes. */
  static String kept(@Nullable String text) {
    String kept = text == null ? "" : text;
    while (kept.getBytes(StandardCharsets.UTF_8).length > 512) {
      kept = kept.substring(0, kept.length() - 1);
    }
    return kept;
  }

  private static @Nullable String text(Random random) {
    int pick = random.nextInt(HOSTILE.length + 1);
    return pick == HOSTILE.length ? null : HOSTILE[pick];
  }

  /** More currencies than cells name, some that are none, and nothing at all of one. */
  private static Map<String, Long> money(Random random) {
    var money = new HashMap<String, Long>();
    for (String code : List.of("", "EUR", "CHF", "GBP", "JPY", "USD", "QQQ")) {
      if (random.nextInt(3) > 0) {
        money.put(code, random.nextInt(4) == 0 ? 0 : random.nextLong(Long.MAX_VALUE));
      }
    }
    return money;
  }
}
