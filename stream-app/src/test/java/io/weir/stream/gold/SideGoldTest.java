package io.weir.stream.gold;

import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoldCell;
import io.weir.stream.gold.days.SiteTime;
import io.weir.stream.session.Events;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.Watermark;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.visitor.VisitorState;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read off touches is what their events have added. */
class SideGoldTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

  private final Sessionizer sessionizer = new Sessionizer(Events.RULES);
  private final VisitorState state = new VisitorState();

  /** The cells other than zero after something was done with them. */
  private static Map<String, GoldCell> cells(Doing doing) {
    var store = new MapStore();
    var rules = new GoldRules(ZONE, Duration.ofDays(35), 2, 100);
    var book = new GoldBook(store, new MapStore(), 0, rules, () -> 0);
    var time = new SiteTime(ZONE);
    doing.with(new EventGold(book, time), new SideGold(book, time));
    book.flush();
    var cells = new TreeMap<String, GoldCell>();
    AvroSerde<GoldCell> serde = AvroSerde.goldCell();
    store.entries.values().stream()
        .map(bytes -> Objects.requireNonNull(serde.deserialize("", bytes)))
        .filter(cell -> !CellSums.of(cell).isZero())
        .forEach(cell -> cells.put(GoldKey.global(cell), cell));
    return cells;
  }

  private interface Doing {
    void with(EventGold events, SideGold sides);
  }

  private static EnrichedEvent event(String id, String type, Consumer<EnrichedEvent> change) {
    EnrichedEvent event = Events.purchase(id, T0, 19_900);
    event.setEventType(type);
    event.getProducts().getFirst().setQuantity(3);
    event.getProducts().getFirst().setPriceE4(6_633L);
    change.accept(event);
    return event;
  }

  private static List<EnrichedEvent> eachType() {
    return Stream.of(
            "page_view",
            "product_view",
            "search",
            "ad_impression",
            "ad_click",
            "add_to_cart",
            "remove_from_cart",
            "checkout",
            "purchase",
            "identify",
            "page_ping",
            "refund",
            "sign_up",
            "")
        .map(type ->
            event(
                type,
                type,
                event -> {
                  event.setCountry("country of " + type);
                  event.setCampaignName("campaign of " + type);
                  event.setCampaignSource("source");
                  event.setDevice("device of " + type);
                  event.setAppId("app");
                  event.setCurrency("EUR");
                  event.setSearchTerm(type.equals("search") ? "red shoes" : null);
                }))
        .toList();
  }

  private List<Touch> touches(List<EnrichedEvent> events) {
    events.forEach(event -> sessionizer.accept(state, event, Watermark.NONE));
    return state.live().touches();
  }

  @Test
  void eventThatMoves_leavesNothing() {
    List<EnrichedEvent> events = eachType();
    // Beyond the limit of names, too.
    List<Touch> touches = new ArrayList<>(touches(events));

    Map<String, GoldCell> moved =
        cells((gold, sides) -> {
          events.forEach(event -> gold.add(event, false));
          touches.forEach(touch -> sides.move(touch, state.live().dictionary(), true, true));
        });

    assertThat(moved).isNotEmpty().allSatisfy((_, cell) -> assertThat(cell.getIsBot()).isTrue());
    assertThat(moved.values().stream().mapToLong(GoldCell::getEvents).sum())
        .isEqualTo(2L * 8 * events.size() - events.size() + 1);
  }

  @Test
  void foldedEvents_moveAsTheyWereAdded() {
    List<EnrichedEvent> events = eachType();
    List<Touch> touches = touches(events);

    var folded = new FoldedFacts();
    touches.forEach(touch ->
        cells((_, sides) -> sides.fold(folded, touch, state.live().dictionary(), true, false)));
    Map<String, GoldCell> added = cells((gold, _) -> events.forEach(each -> gold.add(each, false)));
    Map<String, GoldCell> moved =
        cells((gold, sides) -> {
          events.forEach(event -> gold.add(event, false));
          sides.move(FoldedFacts.of(folded.bytes()), true);
        });
    Map<String, GoldCell> back =
        cells((gold, sides) -> {
          events.forEach(event -> gold.add(event, false));
          FoldedFacts robots = sides.move(FoldedFacts.of(folded.bytes()), true);
          sides.move(FoldedFacts.of(robots.bytes()), false);
        });

    assertThat(folded.cells()).isNotEmpty();
    assertThat(moved).isNotEmpty().allSatisfy((_, cell) -> assertThat(cell.getIsBot()).isTrue());
    assertThat(sums(moved)).isEqualTo(sums(added));
    assertThat(back).hasSameSizeAs(added);
    back.forEach((key, cell) ->
        assertThat(CellSums.of(cell))
            .as(key)
            .isEqualTo(CellSums.of(Objects.requireNonNull(added.get(key)))));
  }

  /** The sums of each breakdown and bucket. Which values have a name of their own may differ. */
  private static Map<String, CellSums> sums(Map<String, GoldCell> cells) {
    var sums = new TreeMap<String, CellSums>();
    for (GoldCell cell : cells.values()) {
      String place =
          String.join("/", cell.getSubject(), cell.getGrain(), cell.getDimension())
              + cell.getBucketStart();
      sums.computeIfAbsent(place, _ -> new CellSums()).add(CellSums.of(cell));
    }
    return sums;
  }

  /** Those of its own agent, and those of an earlier version that does not know their type. */
  @Test
  void whatCannotMove_stays() {
    EnrichedEvent robots = event("a", "page_view", event -> event.setIsBot(true));
    touches(List.of(robots));
    var touch = new Touch.Builder();
    touch.type = 11;
    touch.context = 0;
    var folded = new FoldedFacts();

    Map<String, GoldCell> moved =
        cells((_, sides) -> {
          for (Touch each : List.of(state.live().touch(0), touch.build())) {
            sides.move(each, state.live().dictionary(), true, false);
            sides.fold(folded, each, state.live().dictionary(), true, false);
          }
        });

    assertThat(moved).isEmpty();
    assertThat(folded.cells()).isEmpty();
  }

  /** An earlier version counted it, but not by its term. */
  @Test
  void searchWithoutALabel_takesNothingFromTheTerms() {
    EnrichedEvent search = event("a", "search", _ -> {});
    List<Touch> touches = touches(List.of(search));

    Map<String, GoldCell> moved =
        cells((gold, sides) -> {
          gold.add(search, false);
          sides.move(touches.getFirst(), state.live().dictionary(), true, true);
        });

    assertThat(moved)
        .isNotEmpty()
        .allSatisfy((_, cell) -> {
          assertThat(cell.getDimension()).isNotEqualTo("search_term");
          assertThat(cell.getIsBot()).isTrue();
        });
  }

  /** A search for nothing has a label, which is the empty text. */
  @Test
  void searchWithoutATerm_movesAsSuch() {
    EnrichedEvent search = event("a", "search", event -> event.setSearchTerm(""));
    List<Touch> touches = touches(List.of(search));

    Map<String, GoldCell> moved =
        cells((gold, sides) -> {
          gold.add(search, false);
          sides.move(touches.getFirst(), state.live().dictionary(), true, true);
        });

    assertThat(moved.values())
        .filteredOn(cell -> cell.getDimension().equals("search_term"))
        .singleElement()
        .satisfies(cell -> {
          assertThat(cell.getIsBot()).isTrue();
          assertThat(cell.getGrain()).isEqualTo("day");
          assertThat(cell.getValue()).isEmpty();
          assertThat(cell.getSearches()).isEqualTo(1);
        });
  }

  /** A record of the changelog has at most 1 MB. */
  @Test
  void foldedFacts_haveLimits() {
    var folded = new FoldedFacts();
    String text = "x".repeat(500);
    for (int i = 0; i < 5_000; i++) {
      for (Breakdown breakdown : List.of(Breakdown.EVENTS_BY_PAGE, Breakdown.EVENTS_BY_TYPE)) {
        String value = breakdown == Breakdown.EVENTS_BY_PAGE ? "" + i : text + i;
        folded.add(
            new FoldedFacts.Cell(false, breakdown, 0, value),
            new CellSums().add(Measure.EVENTS, 1));
      }
    }

    assertThat(folded.cells().keySet())
        .filteredOn(cell -> cell.breakdown() == Breakdown.EVENTS_BY_PAGE)
        .hasSizeBetween(900, FoldedFacts.MOST_VALUES);
    assertThat(folded.bytes()).hasSizeLessThan(700_000);
  }

  /** A currency takes room in a cell that is known already, too. */
  @Test
  void foldedFacts_haveLimitsWithCurrencies() {
    var folded = new FoldedFacts();
    for (int currency = 0; currency < 160; currency++) {
      for (int i = 0; i < 4_000; i++) {
        Breakdown breakdown = i % 2 == 0 ? Breakdown.EVENTS_BY_PAGE : Breakdown.EVENTS_BY_TYPE;
        folded.add(
            new FoldedFacts.Cell(false, breakdown, 0, "" + i), inCurrency("" + (100 + currency)));
      }
    }
    var first = new FoldedFacts.Cell(false, Breakdown.EVENTS_BY_PAGE, 0, "0");
    folded.add(first, inCurrency("100"));

    assertThat(folded.cells()).hasSize(4_000);
    assertThat(Objects.requireNonNull(folded.cells().get(first)).revenue())
        .containsEntry("100", BigInteger.valueOf(2_000_000_000))
        .doesNotContainKey("259");
    assertThat(folded.bytes()).hasSizeBetween(200_000, 700_000);
    assertThat(FoldedFacts.of(folded.bytes()).cells()).isEqualTo(folded.cells());
  }

  private static CellSums inCurrency(String code) {
    return new CellSums()
        .add(Measure.EVENTS, 1)
        .addRevenue(code, BigInteger.valueOf(1_000_000_000))
        .addRefunded(code, BigInteger.TEN);
  }
}
