package io.weir.stream.gold;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Session;
import io.weir.stream.gold.days.SiteTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionGoldTest {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long START = Instant.parse("2026-03-28T23:07:00Z").toEpochMilli();
  private static final GoldRules RULES = GoldRules.of(BERLIN, Duration.ofDays(35));

  private final MapStore store = new MapStore();
  private final MapStore names = new MapStore();
  private GoldRules rules = RULES;

  private static Session row(String country) {
    var row = new Session();
    row.setSessionKey("0a-1");
    row.setVisitorId("visitor");
    row.setStartTime(START);
    row.setEndTime(START + 60_000);
    row.setDurationMs(60_000);
    row.setEvents(3);
    row.setPageViews(2);
    row.setPurchases(1);
    row.setIsConverted(true);
    row.setVisitorSessionNumber(1);
    row.setCountry(country);
    row.setRevenueE4(new HashMap<>(Map.of("EUR", 19_900L)));
    row.setAds(List.of());
    row.setAdPages(List.of());
    row.setAdPositions(List.of());
    row.setGoals(List.of());
    row.setRefundedE4(new HashMap<>());
    row.setCartValueE4(new HashMap<>());
    row.setCartProducts(List.of());
    row.setFeatures(new FeatureInputs());
    return row;
  }

  private static Session bot(Session row) {
    row.setIsBot(true);
    return row;
  }

  private static Session retracted(Session row) {
    row.setIsRetracted(true);
    return row;
  }

  /** One after the other, each from a new book and with facts that were stored in between. */
  private @Nullable SessionFacts apply(Session... revisions) {
    SessionFacts before = null;
    for (Session row : revisions) {
      var book = new GoldBook(store, names, 0, rules, () -> 1);
      SessionFacts now = new SessionGold(book, new SiteTime(rules.zone())).change(row, before);
      book.flush();
      before = now == null ? null : SessionFactsCodec.decode(SessionFactsCodec.encode(now));
      assertThat(before).isEqualTo(now);
    }
    return before;
  }

  private Map<String, Map<String, BigDecimal>> cells() {
    List<GoldCell> cells = new ArrayList<>();
    for (byte[] value : store.entries.values()) {
      cells.add(requireNonNull(SERDE.deserialize("", value)));
    }
    return Recomputation.stored(cells);
  }

  private static String key(
      String grain, String dimension, String side, String time, String value) {
    long start = Instant.parse(time).toEpochMilli() + 62_135_596_800_000L;
    return String.join("|", "sessions", grain, dimension, side, "%016d".formatted(start), value);
  }

  @Test
  void session_isCountedInItsQuarterAndItsLocalDay() {
    apply(row("DE"));

    assertThat(cells()).hasSize(26).isEqualTo(Recomputation.of(List.of(row("DE")), BERLIN));
    assertThat(cells())
        .containsKeys(
            key("15m", "country", "h", "2026-03-28T23:00:00Z", "DE"),
            key("day", "country", "h", "2026-03-28T23:00:00Z", "DE"),
            key("day", "visitor_type", "h", "2026-03-28T23:00:00Z", "new"),
            key("day", "", "h", "2026-03-28T23:00:00Z", ""));
  }

  @Test
  void revision_replacesTheOneBefore() {
    Session later = row("AT");
    later.setRevenueE4(new HashMap<>(Map.of("EUR", 20_000L, "USD", 5L)));
    later.setEvents(9);

    apply(row("DE"), row("DE"), later);

    assertThat(cells()).isEqualTo(Recomputation.of(List.of(later), BERLIN));
  }

  @Test
  void retraction_leavesNothing() {
    SessionFacts last = apply(row("DE"), retracted(row("DE")));

    assertThat(last).isNull();
    assertThat(cells()).isEmpty();
  }

  @Test
  void sessionThatTurnsOutToBeARobots_movesToTheOtherSide() {
    apply(row("DE"), bot(row("DE")));

    assertThat(cells())
        .isEqualTo(Recomputation.of(List.of(bot(row("DE"))), BERLIN))
        .allSatisfy((key, _) -> assertThat(key).contains("|b|"));
  }

  @Test
  void textThatIsNoUtf8_isCountedAndTakenBackUnderOneName() {
    var hostile = "/\0" + "\uD800".repeat(700);

    apply(row(hostile));
    assertThat(cells().keySet()).anyMatch(key -> key.endsWith("|/" + "\uFFFD".repeat(170)));

    var book = new GoldBook(store, names, 0, rules, () -> 1);
    new SessionGold(book, new SiteTime(rules.zone()))
        .change(retracted(row(hostile)), SessionFacts.of(row(hostile)));
    book.flush();
    assertThat(cells()).isEmpty();
  }

  @Test
  void nameBeyondTheLimit_isTakenBackUnderTheNameItWasCountedBy() {
    rules = new GoldRules(BERLIN, Duration.ofDays(35), 1, 100);
    apply(row("DE"));
    SessionFacts other = requireNonNull(apply(row("XX")));
    assertThat(other.values()).contains("(other)").doesNotContain("XX");

    // Then the limit is lifted, and the value would have a name of its own.
    rules = RULES;
    var book = new GoldBook(store, names, 0, rules, () -> 1);
    SessionFacts now = new SessionGold(book, new SiteTime(rules.zone())).change(row("XX"), other);
    book.flush();

    assertThat(requireNonNull(now).values()).contains("XX");
    assertThat(cells()).isEqualTo(Recomputation.of(List.of(row("DE"), row("XX")), BERLIN));
  }

  @Test
  void quarterBeforeTheFloor_getsNoDifference() {
    var book = new GoldBook(store, names, 0, rules, () -> 1);
    var gold = new SessionGold(book, new SiteTime(rules.zone()));
    book.keepQuartersFrom(SiteTime.quarter(START));
    gold.change(row("DE"), null);
    book.keepQuartersFrom(SiteTime.quarter(START) + 900_000);
    gold.change(retracted(row("DE")), SessionFacts.of(row("DE")));
    book.flush();

    assertThat(cells()).hasSize(12).allSatisfy((key, _) -> assertThat(key).contains("|15m|"));
  }

  @Test
  void currenciesBeyondFour_areOther() {
    var row = row("DE");
    row.setRevenueE4(
        new HashMap<>(
            Map.of("CHF", 1L, "AUD", 2L, "EUR", 3L, "BRL", 0L, "SEK", 4L, "USD", 5L, "JPY", 6L)));

    assertThat(amounts(row))
        .isEqualTo(Map.of("AUD", 2L, "CHF", 1L, "EUR", 3L, "JPY", 6L, "(other)", 9L));
  }

  @Test
  void inventedCurrencies_areOtherAndCannotFillACell() {
    var row = row("DE");
    row.setRevenueE4(
        new HashMap<>(Map.of("AAB", 1L, "AAC", 2L, "AAD", 3L, "AAE", 4L, "USD", 5L, "", 6L)));

    assertThat(amounts(row)).isEqualTo(Map.of("", 6L, "USD", 5L, "(other)", 10L));
  }

  @Test
  void largestAmounts_doNotOverflow() {
    var row = row("DE");
    row.setRevenueE4(
        new HashMap<>(Map.of("AAB", Long.MAX_VALUE, "AAC", Long.MAX_VALUE, "EUR", Long.MAX_VALUE)));
    apply(row);
    Session second = row("DE");
    second.setRevenueE4(new HashMap<>(row.getRevenueE4()));
    apply(second);

    assertThat(cells().get(key("day", "country", "h", "2026-03-28T23:00:00Z", "DE")))
        .containsEntry("revenue EUR", new BigDecimal("1844674407370955.1614"))
        .containsEntry("revenue (other)", new BigDecimal("3689348814741910.3228"));
  }

  private static Map<String, Long> amounts(Session row) {
    var amounts = new HashMap<String, Long>();
    SessionFacts.of(row).sums().revenue().forEach((name, e4) -> amounts.put(name, e4.longValue()));
    return amounts;
  }

  @Test
  void factsOfAnotherVersion_areRefused() {
    byte[] bytes = SessionFactsCodec.encode(SessionFacts.of(row("DE")));
    bytes[0]++;

    assertThatThrownBy(() -> SessionFactsCodec.decode(bytes))
        .hasMessageContaining("versions 2 to 4");
  }

  /** What an earlier version added has no app: it is counted for one with its first revision. */
  @Test
  void factsWithoutApp_addTheWholeSessionToItsApp() {
    Session row = row("DE");
    row.setAppId("web");
    SessionFacts whole = SessionFacts.of(row);
    List<String> values = whole.values();
    var older =
        new SessionFacts(false, values.subList(0, values.size() - 1), whole.sums(), whole.parts());
    var book = new GoldBook(store, names, 0, rules, () -> 1);
    var sessions = new SessionGold(book, new SiteTime(rules.zone()));

    SessionFacts now = sessions.change(row, older);
    book.flush();

    assertThat(cells().keySet())
        .containsExactlyInAnyOrder(
            key("15m", "app", "h", "2026-03-28T23:00:00Z", "web"),
            key("day", "app", "h", "2026-03-28T23:00:00Z", "web"));

    sessions.change(retracted(row), now);
    book.flush();
    assertThat(cells().get(key("day", "app", "h", "2026-03-28T23:00:00Z", "web"))).isNull();
  }

  /** What a version without goals stored ends before them. */
  @Test
  void factsWithoutGoals_areRead() {
    SessionFacts facts = SessionFacts.of(row("DE"));
    byte[] bytes = SessionFactsCodec.encode(facts);
    byte[] older = Arrays.copyOf(bytes, bytes.length - 1);
    older[0] = 2;

    assertThat(SessionFactsCodec.decode(older)).isEqualTo(facts);
    byte[] withGoals = Arrays.copyOf(bytes, bytes.length + 1);
    withGoals[0] = 3;
    assertThat(SessionFactsCodec.decode(withGoals)).isEqualTo(facts);
  }
}
