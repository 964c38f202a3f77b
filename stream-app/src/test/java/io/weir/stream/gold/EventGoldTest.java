package io.weir.stream.gold;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoldCell;
import io.weir.stream.gold.days.SiteTime;
import io.weir.stream.session.Events;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventGoldTest {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();

  private final MapStore store = new MapStore();

  /** One value of each dimension has a name. */
  private final GoldBook book =
      new GoldBook(
          store,
          new MapStore(),
          0,
          new GoldRules(ZoneOffset.UTC, Duration.ofDays(35), 1, 100),
          () -> 0);

  private final EventGold gold = new EventGold(book, new SiteTime(ZoneOffset.UTC));

  private static EnrichedEvent purchase(String id, String country) {
    EnrichedEvent event = Events.purchase(id, Events.T0, 19_900);
    event.setCountry(country);
    return event;
  }

  private List<GoldCell> cells() {
    book.flush();
    return store.entries.values().stream()
        .map(bytes -> requireNonNull(SERDE.deserialize("", bytes)))
        .toList();
  }

  /** Also of values beyond the limit of names, and after the facts were stored. */
  @Test
  void purchaseThatIsTakenBack_isAnEventStill() {
    PurchaseFacts named = gold.addFirst(purchase("a", "DE"), false);
    PurchaseFacts other = gold.addFirst(purchase("b", "AT"), false);
    assertThat(cells())
        .filteredOn(cell -> cell.getValue().equals(GoldValue.OTHER))
        .extracting(GoldCell::getDimension)
        .contains("country", "product");

    gold.takeBack(PurchaseFacts.of(other.bytes()), Events.T0);
    gold.takeBack(PurchaseFacts.of(named.bytes()), Events.T0);

    assertThat(cells())
        .allMatch(cell -> cell.getPurchases() == 0 && cell.getQuantity() == 0)
        .allMatch(cell -> cell.getRevenue().isEmpty())
        .filteredOn(cell -> cell.getSubject().equals("events") && cell.getDimension().isEmpty())
        .hasSize(2)
        .allMatch(cell -> cell.getEvents() == 2);
  }

  @Test
  void storedFacts_areTheSame() {
    EnrichedEvent event = purchase("a", "DE");
    event.setIsBot(true);
    event.setCurrency("JPY");

    PurchaseFacts facts = gold.addFirst(event, true);

    assertThat(PurchaseFacts.of(facts.bytes())).isEqualTo(facts);
  }

  /** There and back, as if nothing had been. */
  @Test
  void purchaseThatMoves_countsOnOneSide() {
    PurchaseFacts persons = gold.addFirst(purchase("a", "DE"), false);

    PurchaseFacts robots = PurchaseFacts.of(gold.move(persons, Events.T0).bytes());

    assertThat(robots.isBot()).isTrue();
    assertThat(robots.isAgents()).isFalse();
    assertThat(cells())
        .filteredOn(cell -> cell.getPurchases() != 0)
        .isNotEmpty()
        .allMatch(GoldCell::getIsBot);
    assertThat(gold.move(robots, Events.T0)).isEqualTo(persons);
    assertThat(cells())
        .filteredOn(cell -> cell.getPurchases() != 0)
        .isNotEmpty()
        .noneMatch(GoldCell::getIsBot);
  }
}
