package io.weir.stream.processor.gold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Session;
import io.weir.process.StartupException;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.session.row.SessionKey;
import io.weir.stream.session.rules.SessionRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class PartitionGoldTest {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();

  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static final SessionRules SESSIONS =
      SessionRules.of(Duration.ofMinutes(30), Duration.ofSeconds(30), Duration.ofHours(24));

  private static final GoldRules RULES = GoldRules.of(ZoneId.of("UTC"), Duration.ofDays(7));

  private final KeyValueStore<Bytes, byte[]> cells = Stores.inMemoryKeyValueStore("cells").get();
  private final KeyValueStore<Bytes, byte[]> facts = Stores.inMemoryKeyValueStore("facts").get();
  private final KeyValueStore<Bytes, byte[]> days = Stores.inMemoryKeyValueStore("days").get();
  private PartitionGold gold = open(RULES);

  private PartitionGold open(GoldRules rules) {
    return PartitionGold.open(new GoldStores(cells, facts, days), 3, rules, SESSIONS, () -> NOON);
  }

  static Session session(String visitor, long start) {
    var row = new Session();
    row.setSessionKey(SessionKey.visitorPart(visitor) + "-" + Long.toHexString(start));
    row.setVisitorId(visitor);
    row.setStartTime(start);
    row.setEndTime(start);
    row.setEvents(1);
    row.setVisitorSessionNumber(1);
    row.setRevenueE4(new HashMap<>());
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

  private static Session retracted(String visitor, long start) {
    Session row = session(visitor, start);
    row.setRevision(1);
    row.setIsRetracted(true);
    return row;
  }

  private List<GoldCell> cells(Predicate<GoldCell> wanted) {
    var found = new ArrayList<GoldCell>();
    try (KeyValueIterator<Bytes, byte[]> all = cells.all()) {
      all.forEachRemaining(entry -> found.add(requireNonNull(SERDE.deserialize("", entry.value))));
    }
    found.removeIf(wanted.negate());
    return found;
  }

  private List<GoldCell> totals(String grain) {
    return cells(cell ->
        cell.getGrain().equals(grain)
            && cell.getSubject().equals("sessions")
            && cell.getDimension().isEmpty());
  }

  private List<String> factKeys() {
    var found = new ArrayList<String>();
    try (KeyValueIterator<Bytes, byte[]> all = facts.all()) {
      all.forEachRemaining(entry -> {
        if (entry.key.get()[0] == 2) {
          found.add(new String(entry.key.get(), 9, entry.key.get().length - 9, UTF_8));
        }
      });
    }
    return found;
  }

  private void settle(long time) {
    gold.settle(time);
    for (int i = 0; i < 40; i++) {
      gold.purge();
    }
    gold.flush();
  }

  @Test
  void progress_isWrittenWhenAQuarterIsOver() {
    assertThat(gold.settle(NOON + 14 * MINUTE)).isTrue();
    assertThat(gold.settle(NOON + 14 * MINUTE + 59_999)).isFalse();
    assertThat(gold.settle(Long.MIN_VALUE)).isFalse();
    assertThat(gold.settle(NOON - DAY)).as("backwards").isFalse();

    assertThat(cells(_ -> true))
        .singleElement()
        .satisfies(cell -> {
          assertThat(cell.getSubject()).isEqualTo("progress");
          assertThat(cell.getSettledUntil()).isEqualTo(SESSIONS.unchangedBefore(NOON));
          assertThat(cell.getPartition()).isEqualTo(3);
        });
    gold = open(RULES);
    assertThat(gold.settle(NOON - DAY)).as("said again after a start").isTrue();
    assertThat(cells(_ -> true))
        .singleElement()
        .satisfies(cell ->
            assertThat(cell.getSettledUntil())
                .as("it never goes back")
                .isEqualTo(SESSIONS.unchangedBefore(NOON)));
    assertThat(gold.settle(NOON + 15 * MINUTE)).isTrue();
  }

  @Test
  void otherZone_isRefused() {
    gold.settle(NOON);

    assertThatThrownBy(() -> open(GoldRules.of(ZoneId.of("Europe/Berlin"), Duration.ofDays(7))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_SITE_TIME_ZONE is Europe/Berlin")
        .hasMessageContaining("those of UTC")
        .hasMessageContaining("docs/gold-rebuild.md");
  }

  @Test
  void quartersBeforeTheFloor_areDeletedAndDaysStay() {
    gold.add(session("a", NOON - 15 * MINUTE));
    gold.add(session("b", NOON));
    gold.flush();

    settle(NOON + 7 * DAY + 15 * MINUTE);

    assertThat(totals("15m")).extracting(GoldCell::getBucketStart).containsExactly(NOON);
    assertThat(totals("day")).extracting(GoldCell::getSessions).containsExactly(2L);
  }

  @Test
  void dirtyCellBeforeTheFloor_doesNotComeBack() {
    gold.add(session("a", NOON));

    settle(NOON + 8 * DAY);

    assertThat(totals("15m")).isEmpty();
    assertThat(totals("day")).hasSize(1);
  }

  @Test
  void floorOfQuarters_holdsAfterARestartWithALongerSetting() {
    gold.add(session("a", NOON));
    gold.flush();
    settle(NOON + 8 * DAY);

    gold = open(GoldRules.of(ZoneId.of("UTC"), Duration.ofDays(70)));
    gold.add(session("b", NOON));
    gold.flush();

    assertThat(totals("15m")).isEmpty();
    assertThat(totals("day")).extracting(GoldCell::getSessions).containsExactly(2L);
  }

  @Test
  void factsOfUnchangeableSessions_areDeletedAndTheirSumsStay() {
    gold.add(session("a", NOON - 3 * DAY - 31 * MINUTE));
    gold.add(session("b", NOON - 3 * DAY - 29 * MINUTE));
    gold.flush();

    settle(NOON);

    assertThat(factKeys()).singleElement().asString().startsWith(SessionKey.visitorPart("b"));
    gold.add(retracted("a", NOON - 3 * DAY - 31 * MINUTE));
    gold.add(retracted("b", NOON - 3 * DAY - 29 * MINUTE));
    gold.flush();
    assertThat(totals("day")).extracting(GoldCell::getSessions).containsExactly(1L);
  }

  @Test
  void manyFacts_areDeletedInSlices() {
    for (int i = 0; i < 2_500; i++) {
      gold.add(session("v" + i, NOON - 10 * DAY + i));
    }
    gold.flush();
    gold.settle(NOON);

    var left = new ArrayList<Integer>();
    for (int i = 0; i < 4; i++) {
      gold.purge();
      left.add(factKeys().size());
    }

    assertThat(left).containsExactly(1_500, 500, 0, 0);
  }

  @Test
  void forgottenVisitor_leavesNoFactsButItsSums() {
    gold.add(session("ann", NOON));
    gold.add(session("ann", NOON + DAY));
    gold.add(session("bob", NOON));
    gold.forget("ann");
    gold.add(session("ann", NOON + 2 * DAY));
    gold.flush();

    assertThat(factKeys())
        .containsExactly(
            SessionKey.visitorPart("bob") + "-" + Long.toHexString(NOON),
            SessionKey.visitorPart("ann") + "-" + Long.toHexString(NOON + 2 * DAY));
    assertThat(totals("day")).extracting(GoldCell::getSessions).containsExactly(2L, 1L, 1L);
  }

  @Test
  void unchangedRevision_writesNothing() {
    gold.add(session("a", NOON));
    gold.flush();
    long version = totals("day").getFirst().getVersion();

    Session same = session("a", NOON);
    same.setRevision(1);
    gold.add(same);
    gold.flush();

    assertThat(totals("day").getFirst().getVersion()).isEqualTo(version);
  }
}
